/** A secret from whoever runs the command. Never an argument: every user of the computer sees those. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { problem } from '../../shared/contract/problem.ts';

/** Standard input, or something like it. */
export type SecretInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

export interface SecretSource {
  readonly input: SecretInput;
  /** Where questions go. */
  readonly question: NodeJS.WritableStream;
}

/** More than any secret has. */
const longestBytes = 65_536;

/**
 * Asked for twice and not shown where somebody types; else all of standard input, without the line end behind it.
 * @throws {ProblemError} 'badArgument' when there is none, or the two are not the same.
 */
export async function readSecret({ input, question }: SecretSource, name: string): Promise<string> {
  const secret = input.isTTY === true ? await askTwice(input, question, name) : await readAll(input, name);
  if (secret === '') throw problem('badArgument', `No ${name} was given, nothing was changed.`);
  return secret;
}

async function askTwice(input: SecretInput, question: NodeJS.WritableStream, name: string): Promise<string> {
  const first = await ask(input, question, `${name.charAt(0).toUpperCase()}${name.slice(1)}: `);
  if (first === '') return first;
  if ((await ask(input, question, 'Again: ')) === first) return first;
  throw problem('badArgument', 'The two are not the same, nothing was changed.');
}

async function ask(input: SecretInput, question: NodeJS.WritableStream, prompt: string): Promise<string> {
  question.write(prompt);
  // readline edits the line; what it would show goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const cancelled = new AbortController();
  lines.once('SIGINT', () => cancelled.abort());
  lines.once('close', () => cancelled.abort());
  try {
    return await lines.question('', { signal: cancelled.signal });
  } catch (error) {
    if (cancelled.signal.aborted) throw problem('badArgument', 'Cancelled, nothing was changed.');
    throw error;
  } finally {
    lines.close();
    question.write('\n');
  }
}

async function readAll(input: SecretInput, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.byteLength;
    if (sizeBytes > longestBytes) throw problem('badArgument', `Standard input is too long for a ${name}.`);
    chunks.push(bytes);
  }
  // PowerShell ends what it pipes with a line end, and may begin it with a byte order mark.
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\u{FEFF}/u, '')
    .replace(/\r?\n$/, '');
}
