import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rewriteHead } from '../../../electron/delivery/rewrite-head.ts';

/** The message in pieces that end where the numbers say. */
async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer, void> {
  let start = 0;
  for (const cut of [...cuts].sort((a, b) => a - b).concat(bytes.length)) {
    const end = Math.min(cut, bytes.length);
    if (end > start) yield bytes.subarray(start, end);
    start = Math.max(start, end);
  }
}

const rewritten = async (text: string, cuts: readonly number[]): Promise<string> => {
  const chunks: Buffer[] = [];
  const mark = (head: Buffer): Buffer => Buffer.from(`[${head.toString('latin1')}]`, 'latin1');
  for await (const chunk of rewriteHead(inPieces(Buffer.from(text, 'latin1'), cuts), mark)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('latin1');
};

test.each([
  { text: 'A: 1\r\nB: 2\r\n\r\nbody\r\n\r\n', result: '[A: 1\r\nB: 2\r\n\r\n]body\r\n\r\n' },
  { text: 'A: 1\n\nbody', result: '[A: 1\n\n]body' },
  { text: 'A: 1\r\n\r\n', result: '[A: 1\r\n\r\n]' },
  { text: 'A: 1\r\n', result: '[A: 1\r\n]' },
  { text: '\r\nbody: x\r\n\r\n', result: '[\r\n]body: x\r\n\r\n' },
  { text: '', result: '[]' },
])('the header of $text, however it comes in', async ({ text, result }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(text.length)), async (cuts) => {
      expect(await rewritten(text, cuts)).toBe(result);
    }),
    { numRuns: 30 },
  );
});

test('a header without an end passes as it is once it is too long', async () => {
  const text = `A: ${'x'.repeat(1_100_000)}\r\n\r\nbody`;
  expect(await rewritten(text, [1_050_000])).toBe(text);
});
