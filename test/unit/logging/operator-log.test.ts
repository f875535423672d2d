import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOperatorLog, formatLogLine } from '../../../electron/logging/operator-log.ts';

const at = Date.parse('2026-11-24T03:40:55.123Z');

function memoryLog(): { log: ReturnType<typeof createOperatorLog>; lines: () => string[]; stream: Writable } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { log: createOperatorLog(stream, { now: () => at }), lines: () => text.split('\n'), stream };
}

test('an event is one line', () => {
  const { log, lines } = memoryLog();
  log.info('accept', { id: '01KAT', from: '<a@b.example>', size: 12, tls: false, host: null, absent: undefined });
  expect(lines()).toEqual(['2026-11-24T03:40:55.123Z accept id=01KAT from=<a@b.example> size=12 tls=false host=-', '']);
});

test('a warning and an error say so', () => {
  const { log, lines } = memoryLog();
  log.warn('settings saved', { server: '1' });
  log.error('call failed', 'no reason');
  expect(lines()[0]).toBe('2026-11-24T03:40:55.123Z settings-saved level=warn server=1');
  expect(lines()[1]).toBe('2026-11-24T03:40:55.123Z call-failed level=error error="no reason"');
});

test('an error has its stack and its cause, on the same line', () => {
  const { log, lines } = memoryLog();
  log.error('call failed', new Error('outer', { cause: new Error('inner') }), { call: 'queue.list' });
  expect(lines()).toHaveLength(2);
  expect(lines()[0]).toMatch(/ call=queue\.list error=outer stack="Error: outer\\n.*caused by Error: inner\\n/);
});

test.each([
  { value: 'two words', shown: '"two words"' },
  { value: '', shown: '""' },
  { value: '-', shown: '"-"' },
  { value: 'a=b', shown: '"a=b"' },
  { value: 'say "no"', shown: '"say \\"no\\""' },
  { value: 'C:\\data', shown: '"C:\\\\data"' },
  { value: 'x\r\n2026-01-01T00:00:00Z accept id=1', shown: '"x\\r\\n2026-01-01T00:00:00Z accept id=1"' },
  { value: 'red\u001b[31m', shown: '"red\\u{1b}[31m"' },
  { value: 'turned\u202e', shown: '"turned\\u{202e}"' },
  { value: 'half\ud800', shown: '"half\\u{d800}"' },
  { value: 'Grüße', shown: 'Grüße' },
])('$shown', ({ value, shown }) => {
  expect(formatLogLine(at, 'info', 'event', { value })).toBe(`2026-11-24T03:40:55.123Z event value=${shown}`);
});

test('no value makes a second line or a second field', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0x3000 })), (codes) => {
      const value = String.fromCodePoint(...codes);
      const line = formatLogLine(at, 'info', 'event', { value, next: 1 });
      expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      const field = line.slice('2026-11-24T03:40:55.123Z event value='.length, -' next=1'.length);
      expect(field).toMatch(/^(?:[^\s"=]+|"(?:[^"\\]|\\.|\\u\{[0-9a-f]+\})*")$/u);
    }),
  );
});

test('a terminal that went away does not end the relay', () => {
  const { log, stream } = memoryLog();
  stream.destroy(new Error('EPIPE'));
  expect(() => log.info('event')).not.toThrow();
});
