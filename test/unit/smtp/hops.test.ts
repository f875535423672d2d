import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HopCounter } from '../../../electron/smtp/hops.ts';
import { type Reply, replies } from '../../../electron/smtp/replies.ts';
import { receivedLine } from '../../../electron/spool/received-line.ts';
import { envelope } from '../../fakes/envelopes.ts';

const fullyQualifiedName = 'relay.example.org';
const id = '01JGFJJZ0000000000000ABCDE';

/** The last answer, the message cut into the given pieces. */
function judge(message: string, pieceLengths: readonly number[] = [message.length], hopLimit = 3): Reply | null {
  const hops = new HopCounter({ hopLimit, fullyQualifiedName });
  const bytes = Buffer.from(message, 'latin1');
  let verdict: Reply | null = null;
  let at = 0;
  for (const length of [...pieceLengths, bytes.length]) {
    verdict = hops.next(bytes.subarray(at, at + length));
    at += length;
  }
  return verdict;
}

const trace = 'Received: from a\r\n by b\r\n\twith SMTP; today\r\n';
const own = receivedLine(envelope(), fullyQualifiedName, id);

test.each([
  { name: 'three hops', message: `${trace.repeat(3)}\r\n`, verdict: null },
  { name: 'four hops', message: `${trace.repeat(4)}\r\n`, verdict: replies.tooManyHops },
  { name: 'four hops, the header not at its end', message: trace.repeat(4), verdict: replies.tooManyHops },
  { name: 'any case', message: trace.repeat(4).toUpperCase(), verdict: replies.tooManyHops },
  { name: 'other fields', message: 'Received-SPF: pass\r\nX-Received: x\r\nReceive: y\r\n'.repeat(9), verdict: null },
  { name: 'the word in a folded line', message: `Subject: a\r\n${' Received: b\r\n'.repeat(9)}\r\n`, verdict: null },
  { name: 'the word in the text', message: `Subject: a\r\n\r\n${trace.repeat(9)}`, verdict: null },
  { name: 'no header at all', message: `\r\n${trace.repeat(9)}`, verdict: null },
  { name: 'twice through here', message: `${own.repeat(2)}\r\n`, verdict: null },
  { name: 'three times through here', message: `${own.repeat(3)}\r\n`, verdict: replies.mailLoop },
  { name: 'another server of that name', message: own.repeat(3).replaceAll(id, '4XyZ'), verdict: null },
  { name: 'another server of such ids', message: own.repeat(3).replaceAll('relay.', 'relayx'), verdict: null },
])('$name', ({ message, verdict }) => {
  expect(judge(message)).toBe(verdict);
});

test('pieces change nothing', () => {
  const messages = [
    `${trace.repeat(4)}\r\nx`,
    `${own.repeat(3)}Subject: x\r\n\r\n`,
    `${trace}${own}\r\n${trace.repeat(5)}`,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...messages),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
      (message, lengths) => {
        expect(judge(message, lengths)).toBe(judge(message));
      },
    ),
  );
});

test('fields of any length are held in little memory, and the next one still counts', () => {
  const endless = `Received: ${'x'.repeat(3_000_000)}\r\n`;
  expect(judge(`${endless}${trace.repeat(2)}\r\n`)).toBeNull();
  expect(judge(`${endless}${trace.repeat(3)}\r\n`)).toBe(replies.tooManyHops);
});
