/** Where secrets come from: standard input, which Electron takes away on Windows. */
import { createReadStream, fstatSync } from 'node:fs';
import type { SecretPrompt, SecretSource } from './read-secret.ts';

export async function secretSource(): Promise<SecretSource | SecretPrompt> {
  const question = process.stderr;
  if (process.platform !== 'win32' || process.versions.electron === undefined)
    return { input: process.stdin, question };
  // There `process.stdin` is always at its end. What was piped in is still behind the descriptor; a console has to be
  // attached to first, as the executable is one with a window.
  if (isPiped(0)) return { input: createReadStream('', { fd: 0, autoClose: false }), question };
  const { createConsolePrompt } = await import('./windows-console.ts');
  return createConsolePrompt();
}

function isPiped(descriptor: number): boolean {
  try {
    const facts = fstatSync(descriptor);
    return facts.isFIFO() || facts.isFile();
  } catch {
    return false; // there is none
  }
}
