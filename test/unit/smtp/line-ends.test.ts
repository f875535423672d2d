import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasOnlyWholeLineEnds, type LineEndState, nextLineEndState } from '../../../electron/smtp/line-ends.ts';

const stateAfter = (chunks: readonly Uint8Array[]): LineEndState =>
  chunks.reduce<LineEndState>((state, chunk) => nextLineEndState(state, chunk), 'text');

test.each([
  { text: '', whole: true },
  { text: '\r\n', whole: true },
  { text: 'a\r\n\r\nb\r\n', whole: true },
  { text: '\n', whole: false },
  { text: 'a\nb\r\n', whole: false },
  { text: 'a\rb\r\n', whole: false },
  { text: 'a\r\r\n', whole: false },
  { text: 'a\r\n\n', whole: false },
  { text: '\n.\r\n', whole: false },
  { text: 'a\r', whole: false },
])('$text', ({ text, whole }) => {
  expect(hasOnlyWholeLineEnds(stateAfter([Buffer.from(text)]))).toBe(whole);
});

const noisyBytes = fc.array(fc.constantFrom(0x0d, 0x0a, 0x0d, 0x0a, 0x2e, 0x41, 0x00, 0x8a, 0x8d), { maxLength: 40 });

test('agrees with a search in the whole text, wherever the chunks are cut', () => {
  fc.assert(
    fc.property(noisyBytes, fc.array(fc.nat(40), { maxLength: 6 }), (bytes, cuts) => {
      const whole = Buffer.from(bytes);
      const borders = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
      const chunks = borders.slice(1).map((end, index) => whole.subarray(borders[index], end));
      const expected = !/[\r\n]/.test(whole.toString('latin1').replaceAll('\r\n', ''));
      expect(hasOnlyWholeLineEnds(stateAfter(chunks))).toBe(expected);
    }),
  );
});

test('nothing that follows makes a bare line end good again', () => {
  expect(nextLineEndState('bare', Buffer.from('\r\n'))).toBe('bare');
});
