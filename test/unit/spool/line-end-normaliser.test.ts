import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineEndNormaliser } from '../../../electron/spool/line-end-normaliser.ts';

function normalise(chunks: readonly Uint8Array[]): string {
  const lineEnds = new LineEndNormaliser();
  const out = chunks.map((chunk) => Buffer.from(lineEnds.next(chunk)));
  return Buffer.concat([...out, lineEnds.end()]).toString('latin1');
}

test.each([
  { text: '', result: '' },
  { text: 'a', result: 'a\r\n' },
  { text: 'a\nb\n', result: 'a\r\nb\r\n' },
  { text: 'a\r\nb\r\n', result: 'a\r\nb\r\n' },
  { text: 'a\rb\r', result: 'a\r\nb\r\n' },
  { text: 'a\n\nb', result: 'a\r\n\r\nb\r\n' },
  { text: 'a\r\r\nb', result: 'a\r\n\r\nb\r\n' },
  { text: 'a\n\rb', result: 'a\r\n\r\nb\r\n' },
  { text: 'a\n.\nb', result: 'a\r\n.\r\nb\r\n' },
  { text: '\n.\r\n', result: '\r\n.\r\n' },
])('$text', ({ text, result }) => {
  expect(normalise([Buffer.from(text)])).toBe(result);
});

const pieces = fc.array(fc.constantFrom('\r', '\n', '\r\n', '.', 'text', '\xff'), { maxLength: 30 });

test('only CRLF is left, a second time changes nothing, and cuts do not matter', () => {
  fc.assert(
    fc.property(pieces, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (texts, cuts) => {
      const bytes = Buffer.from(texts.join(''), 'latin1');
      const once = normalise([bytes]);
      expect(once.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(normalise([Buffer.from(once, 'latin1')])).toBe(once);
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      expect(normalise(chunks)).toBe(once);
      // Nothing but line ends was touched.
      expect(once.replace(/[\r\n]/g, '')).toBe(bytes.toString('latin1').replace(/[\r\n]/g, ''));
    }),
  );
});
