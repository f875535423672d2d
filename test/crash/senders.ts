/** Clients of the relay that send until it dies, and note what it took responsibility for. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SmtpDialogue } from '../fakes/smtp-dialogue.ts';
import { messageOf, type NumberedMessage } from './messages.ts';

export type OnAcknowledged = (message: NumberedMessage) => void;

export interface Session {
  /** Begins the numbers of its messages. */
  readonly name: string;
  readonly port: number;
  readonly connectionPerMessage: boolean;
  readonly onAcknowledged: OnAcknowledged;
}

/** Resolves when the connection breaks: what was not answered with 250 by then does not count. */
export async function sendUntilBroken({ name, port, connectionPerMessage, onAcknowledged }: Session): Promise<void> {
  let dialogue: SmtpDialogue | undefined;
  try {
    for (let count = 0; ; count += 1) {
      dialogue ??= await greeted(port);
      const message = messageOf(`${name}-${count}`);
      await dialogue.mail(message, message.content);
      onAcknowledged(message);
      if (connectionPerMessage) {
        dialogue.close();
        dialogue = undefined;
      }
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
  } finally {
    dialogue?.close();
  }
}

async function greeted(port: number): Promise<SmtpDialogue> {
  const dialogue = await SmtpDialogue.connect(port);
  await dialogue.expect('220');
  await dialogue.send('EHLO crash.test.invalid', '250');
  return dialogue;
}

/** The relay was killed in the middle of a word. A refusal or a silence is a failure of the relay. */
const isBroken = (error: unknown): boolean =>
  error instanceof Error && (/conversation ended/.test(error.message) || 'code' in error);

/** Puts files into the Pickup folder as a program should: under another name first. It is promised once it has its name. */
export async function dropIntoPickup(
  dataFolder: string,
  round: number,
  count: number,
  onAcknowledged: OnAcknowledged,
): Promise<void> {
  const folder = join(dataFolder, 'mailroot', '1', 'Pickup');
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const message = messageOf(`${round}-pickup-${index}`);
    const head = [`x-sender: ${message.from}`, ...message.to.map((address) => `x-receiver: ${address}`), ''];
    const path = join(folder, `${message.number}.eml`);
    await writeFile(`${path}.tmp`, head.join('\r\n') + message.content);
    await rename(`${path}.tmp`, path);
    onAcknowledged(message);
  }
}
