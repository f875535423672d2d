/** A secret from whoever runs the command. Never an argument: every user of the computer sees those. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';

/** Standard input, or something like it. */
export type SecretInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

export interface SecretSource {
  readonly input: SecretInput;
  /** Where questions go. */
  readonly question: NodeJS.WritableStream;
}

/** Somebody at a console that standard input does not lead to. */
export interface SecretPrompt {
  /** One line that is not shown; null when the person cancelled. */
  readonly ask: (prompt: string) => Promise<string | null>;
}

/** More than any secret has. */
const longestBytes = 65_536;

/**
 * Asked for twice and not shown where somebody types; else all of standard input, without the line end behind it.
 * @throws {ProblemError} 'badArgument' when there is none, or the two are not the same.
 */
export async function readSecret(source: SecretSource | SecretPrompt, name: string): Promise<string> {
  const secret = await read(source, name);
  if (secret === '') throw problem('badArgument', `No ${name} was given, nothing was changed.`);
  return secret;
}

function read(source: SecretSource | SecretPrompt, name: string): Promise<string> {
  if (isPrompt(source)) return askTwice(source, name);
  return source.input.isTTY === true ? askTwice(terminalPrompt(source), name) : readAll(source.input, name);
}

const isPrompt = (source: SecretSource | SecretPrompt): source is SecretPrompt => 'ask' in source;

async function askTwice({ ask }: SecretPrompt, name: string): Promise<string> {
  const first = await ask(`${name.charAt(0).toUpperCase()}${name.slice(1)}: `);
  if (first === null) throw cancelled();
  if (first === '') return first;
  const second = await ask('Again: ');
  if (second === null) throw cancelled();
  if (second === first) return first;
  throw problem('badArgument', 'The two are not the same, nothing was changed.');
}

const cancelled = (): ProblemError => problem('badArgument', 'Cancelled, nothing was changed.');

/** The terminal that standard input is. */
const terminalPrompt = ({ input, question }: SecretSource): SecretPrompt => ({
  ask: (prompt) => askAtTerminal(input, question, prompt),
});

async function askAtTerminal(
  input: SecretInput,
  question: NodeJS.WritableStream,
  prompt: string,
): Promise<string | null> {
  question.write(prompt);
  // readline edits the line; what it would show goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const cancel = new AbortController();
  lines.once('SIGINT', () => cancel.abort());
  lines.once('close', () => cancel.abort());
  try {
    return await lines.question('', { signal: cancel.signal });
  } catch (error) {
    if (cancel.signal.aborted) return null;
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
