/** The eight sample messages of the CA's exit module with their envelopes, and how that client sends them. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SmtpDialogue } from './smtp-dialogue.ts';

export interface ExitModuleMessage {
  readonly file: string;
  readonly from: string;
  readonly to: readonly string[];
}

const english = 'pki-ca01@corp.example.com';
const german = 'zertifizierungsstelle@mustergeraete.example';
const operations = 'pki-operations@corp.example.com';
const betrieb = 'pki-betrieb@mustergeraete.example';

export const exitModuleMessages: readonly ExitModuleMessage[] = [
  { file: '01-issued-en.eml', from: english, to: ['erika.sample@corp.example.com', operations] },
  { file: '02-issued-de-qp.eml', from: german, to: [betrieb] },
  {
    file: '03-pending-de.eml',
    from: german,
    to: ['zertifikatsverwaltung@mustergeraete.example', 'pki-vertretung@mustergeraete.example'],
  },
  { file: '04-denied-en.eml', from: english, to: ['hans.tester@corp.example.com', operations] },
  { file: '05-revoked-de-8bit.eml', from: german, to: [betrieb] },
  { file: '06-crl-issued-en.eml', from: english, to: [operations] },
  { file: '07-startup-de.eml', from: german, to: [betrieb, 'bereitschaft@rechenzentrum.example'] },
  { file: '08-shutdown-en.eml', from: english, to: [operations] },
];

export const readExitModuleMessage = (file: string): Promise<Buffer> =>
  readFile(resolve(import.meta.dirname, '../fixtures/exit-module', file));

/** One connection for the message, plain HELO with the bare computer name, no parameters. */
export async function sendLikeTheExitModule(port: number, message: ExitModuleMessage): Promise<void> {
  const dialogue = await SmtpDialogue.connect(port);
  try {
    await dialogue.expect('220');
    await dialogue.send('HELO CA01', '250');
    await dialogue.mail(message, await readExitModuleMessage(message.file));
    await dialogue.send('QUIT', '221');
  } finally {
    dialogue.close();
  }
}

/** What a relay may add: its own Received line, folded, at the very top. */
export const withoutReceivedLine = (bytes: Buffer): Buffer => {
  const text = bytes.toString('latin1');
  const [line = ''] = /^Received: .*\r\n(?:[ \t].*\r\n)*/.exec(text) ?? [];
  return bytes.subarray(line.length);
};
