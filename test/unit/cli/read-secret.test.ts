import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readSecret } from '../../../electron/cli/read-secret.ts';

const question = () => new PassThrough().setEncoding('utf8');

const piped = (...chunks: readonly (string | Buffer)[]): Promise<string> =>
  readSecret({ input: Readable.from(chunks.map((chunk) => Buffer.from(chunk))), question: question() }, 'password');

test.each([
  [['s3cret'], 's3cret'],
  [['s3c', 'ret\n'], 's3cret'],
  [['s3cret\r\n'], 's3cret'],
  [[' s3cret \n\n'], ' s3cret \n'],
  [['\u{FEFF}s3cret\r\n'], 's3cret'],
  [[Buffer.from('pässwört')], 'pässwört'],
])('%j from standard input', async (chunks, secret) => {
  expect(await piped(...chunks)).toBe(secret);
});

test.each([[[]], [['']], [['\n']]])('%j is none', async (chunks) => {
  await expect(piped(...chunks)).rejects.toThrow('No password was given, nothing was changed.');
});

test('more than any secret is not read to its end', async () => {
  await expect(piped('x'.repeat(70_000))).rejects.toThrow('Standard input is too long for a password.');
});

/** Somebody who types an answer to each question, and the screen. */
function typing(...answers: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const screen = question();
  let shown = '';
  let asked = 0;
  screen.on('data', (text: string) => {
    shown += text;
    const answer = text.endsWith(': ') ? answers[asked] : undefined;
    if (answer === undefined) return;
    asked += 1;
    // The question stands on the screen before anybody reads the keys.
    setImmediate(() => input.write(answer));
  });
  return { source: { input, question: screen }, shown: () => shown };
}

test('on a terminal it is asked for twice, may be corrected, and is never shown', async () => {
  const { source, shown } = typing('s3cx\u{7f}ret\r', 's3cret\r');
  expect(await readSecret(source, 'password')).toBe('s3cret');
  expect(shown()).toBe('Password: \nAgain: \n');
});

test.each([
  [['s3cret\r', 'secret\r'], 'The two are not the same, nothing was changed.'],
  [['\r'], 'No password was given, nothing was changed.'],
  [['s3c\u{3}'], 'Cancelled, nothing was changed.'],
  [['\u{4}'], 'Cancelled, nothing was changed.'],
])('%j on a terminal changes nothing', async (answers, sentence) => {
  await expect(readSecret(typing(...answers).source, 'password')).rejects.toThrow(sentence);
});
