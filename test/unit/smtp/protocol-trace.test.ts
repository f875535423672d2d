import { expect, test } from 'vitest';
import type { ProtocolLogEntry } from '../../../electron/logging/types.ts';
import { ProtocolTrace } from '../../../electron/smtp/protocol-trace.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

function start() {
  const [clock, entries] = [new FakeClock(), [] as ProtocolLogEntry[]];
  const trace = new ProtocolTrace({
    log: { write: (entry) => void entries.push(entry) },
    clock,
    ends: () => ({ sessionId: 's', peerAddress: 'p', user: 'u', serverAddress: 'a', serverPort: 25 }),
  });
  const shown = () => entries.map(({ method, query, status }) => [method, query, status]);
  return { clock, entries, trace, shown };
}

test.each([
  { line: 'MAIL FROM:<a@b>', method: 'MAIL', query: 'FROM:<a@b>' },
  { line: 'rcpt TO:<m\xc3\xbcller@b>', method: 'RCPT', query: 'TO:<müller@b>' },
  { line: 'EHLO a\r250 forged\x00\x1b[31m\x85', method: 'EHLO', query: 'a?250 forged??[31m\ufffd' },
  { line: 'EHLO \xc2\x85', method: 'EHLO', query: '?' },
  { line: 'auth LOGIN Y2E=', method: 'AUTH', query: '' },
  { line: 'AUTH', method: 'AUTH', query: '' },
  { line: 'Z2VoZWlt', method: 'unknown', query: '8 octets' },
  { line: 'geheim MAIL', method: 'unknown', query: '11 octets' },
  { line: '', method: 'unknown', query: '0 octets' },
  { line: `NOOP ${'x'.repeat(5_000)}`, method: 'NOOP', query: 'x'.repeat(1_000) },
])('$line is shown as $method, $query', ({ line, method, query }) => {
  const { trace, shown } = start();
  trace.command(line);
  trace.replied(250, 8);
  expect(shown()).toEqual([[method, query, 250]]);
});

test('bytes and time are those of the whole exchange', async () => {
  const { trace, entries, clock } = start();
  trace.command('AUTH LOGIN');
  trace.replied(334, 18);
  await clock.advance(700);
  trace.received(6);
  trace.replied(334, 18);
  trace.received(10);
  trace.replied(535, 40);
  expect(entries).toEqual([
    expect.objectContaining({ method: 'AUTH', status: 535, bytesSent: 76, bytesReceived: 28, timeTakenMs: 700 }),
  ]);
});

test('a clock that was set back makes no negative time', () => {
  const { trace, entries, clock } = start();
  trace.command('NOOP');
  clock.setTo(0);
  trace.replied(250, 8);
  trace.closed();
  expect(entries.map(({ timeTakenMs }) => timeTakenMs)).toEqual([0, 0]);
});

test('replies nobody asked for, and a command without one', () => {
  const { trace, shown } = start();
  trace.replied(220, 30);
  trace.lineTooLong(4_096);
  trace.replied(500, 30);
  trace.command('DATA');
  trace.replied(354, 10);
  trace.closed();
  trace.replied(421, 10);
  expect(shown()).toEqual([
    ['', '', 220],
    ['unknown', 'more than 4096 octets', 500],
    ['DATA', '', 0],
    ['', 'disconnected', 0],
    ['', '', 421],
  ]);
});
