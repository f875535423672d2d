/** One SMTP conversation as the exit module holds it: HELO, clear text, no login, one message, and it waits for each answer. */
import { connect, type Socket } from 'node:net';
import type { SelfTest } from '../../shared/contract/computer/exit-module-calls.ts';
import { errorCode } from '../base/error-code.ts';
import type { Clock } from '../base/ports.ts';
import { dotStuffed } from './test-mail.ts';

export interface SelfTestMail {
  readonly host: string;
  readonly port: number;
  readonly greeting: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly content: Buffer;
}

/** As long as CDO waits for an answer. */
const answerLimitMs = 30_000;
const maxReplyChars = 8_000;

/** In the words that the console knows in other languages as well. */
const socketWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there, the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'no connection in time',
};

/** Never throws: what went wrong is the answer. */
export async function sendLikeExitModule(mail: SelfTestMail, clock: Clock): Promise<SelfTest> {
  const { host, port } = mail;
  const beganAtMs = clock.now();
  const socket = connect({ host, port });
  const done = (accepted: boolean, reply: string): SelfTest => ({
    accepted,
    host,
    port,
    durationMs: Math.max(clock.now() - beganAtMs, 0),
    reply: reply.slice(0, 1_000),
    messageId: accepted ? (/<([0-9A-Z]{26})>/.exec(reply)?.[1] ?? null) : null,
  });
  try {
    const replies = replyReader(socket, clock);
    const expect = async (code: string): Promise<string> => {
      const reply = await replies();
      if (!reply.startsWith(code)) throw new Error(reply);
      return reply;
    };
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    await expect('220');
    say(`HELO ${mail.greeting}`);
    await expect('250');
    say(`MAIL FROM: <${mail.from}>`);
    await expect('250');
    for (const recipient of mail.to) {
      say(`RCPT TO: <${recipient}>`);
      await expect('25');
    }
    say('DATA');
    await expect('354');
    socket.write(dotStuffed(mail.content));
    say('.');
    const accepted = done(true, await expect('250'));
    say('QUIT');
    return accepted;
  } catch (error) {
    return done(false, socketWords[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    socket.end();
    socket.destroySoon();
  }
}

/** One whole reply at a time (RFC 5321 section 4.2.1: the last line has no hyphen after the code). */
function replyReader(socket: Socket, clock: Clock): () => Promise<string> {
  let text = '';
  let failure: Error | null = null;
  let wake: () => void = () => {};
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    if (text.length > maxReplyChars) failure = new Error('The server answers without an end.');
    wake();
  });
  socket.on('error', (error) => {
    failure ??= error;
    wake();
  });
  socket.on('close', () => {
    failure ??= new Error('the connection was closed');
    wake();
  });
  return async () => {
    const cancel = clock.after(answerLimitMs, () => {
      failure ??= new Error('no answer in time');
      wake();
    });
    try {
      for (;;) {
        const [reply] = /^(?:\d{3}-.*\r?\n)*\d{3}(?: .*)?\r?\n/.exec(text) ?? [];
        if (reply !== undefined) {
          text = text.slice(reply.length);
          return reply.trimEnd();
        }
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      cancel();
    }
  };
}
