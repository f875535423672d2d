import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotStuffing } from '../../../electron/delivery/dot-stuffing.ts';

const stuffed = (pieces: readonly string[]): string => {
  const stuffing = new DotStuffing();
  const parts = pieces.map((piece) => stuffing.next(Buffer.from(piece, 'latin1')));
  return Buffer.concat([...parts, stuffing.end()]).toString('latin1');
};

test.each([
  { what: 'lines as they should be', message: 'a\r\nb\r\n', wire: 'a\r\nb\r\n.\r\n' },
  { what: 'nothing', message: '', wire: '\r\n.\r\n' },
  { what: 'no line end at the end', message: 'a', wire: 'a\r\n.\r\n' },
  { what: 'a dot first', message: '.a\r\n', wire: '..a\r\n.\r\n' },
  { what: 'a line of one dot', message: 'a\r\n.\r\nb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a dot within a line', message: 'a.b\r\n', wire: 'a.b\r\n.\r\n' },
  { what: 'a bare LF before a dot', message: 'a\n.\r\nb\r\n', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a bare CR before a dot', message: 'a\r.\rb', wire: 'a\r\n..\r\nb\r\n.\r\n' },
  { what: 'a dot after CR CR', message: 'a\r\r.\r\n', wire: 'a\r\n\r\n..\r\n.\r\n' },
  { what: 'a bare CR at the end', message: 'a\r', wire: 'a\r\n.\r\n' },
  { what: 'octets beyond ASCII', message: 'é\xff\r\n', wire: 'é\xff\r\n.\r\n' },
])('$what: the same in one piece and octet by octet', ({ message, wire }) => {
  expect(stuffed([message])).toBe(wire);
  expect(stuffed([...message])).toBe(wire);
});

test('what needs no change is not copied', () => {
  const chunk = Buffer.from('a\r\nb\r\n');
  expect(new DotStuffing().next(chunk)).toBe(chunk);
});

test('whatever comes in whatever pieces: one end of message, at the end, and no bare CR or LF before it', () => {
  const piece = fc.string({ unit: fc.constantFrom('\r', '\n', '.', 'x'), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const wire = stuffed(pieces);
      expect(`\r\n${wire}`.indexOf('\r\n.\r\n')).toBe(wire.length + 2 - '\r\n.\r\n'.length);
      expect(wire).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
      const received = wire.slice(0, -'.\r\n'.length).replace(/^\./gm, '');
      const sent = pieces.join('').replace(/\r\n?|\n/g, '\r\n');
      expect(received).toBe(sent.endsWith('\r\n') ? sent : `${sent}\r\n`);
    }),
  );
});
