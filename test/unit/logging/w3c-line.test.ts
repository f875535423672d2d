import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type StampedEntry, w3cHeader, w3cLine } from '../../../electron/logging/w3c-line.ts';
import { protocolLogFields } from '../../../shared/settings/logging-settings.ts';

const facts = { siteName: 'SMTPSVC1', computerName: 'CA01' };
const rcpt: StampedEntry = {
  atMs: Date.parse('2026-11-24T09:28:45.500Z'),
  direction: 'inbound',
  sessionId: 'a1',
  peerAddress: '10.3.16.1',
  user: 'client01',
  serverAddress: '10.3.16.5',
  serverPort: 25,
  method: 'RCPT',
  query: 'TO:<user@contoso.com> NOTIFY=NEVER',
  status: 250,
  bytesSent: 32,
  bytesReceived: 31,
  timeTakenMs: 2,
};

test('all fields of an inbound command, in the order of IIS', () => {
  expect(w3cLine(rcpt, [...protocolLogFields].reverse(), facts)).toBe(
    '2026-11-24 09:28:45 10.3.16.1 client01 SMTPSVC1 CA01 10.3.16.5 25 RCPT - TO:<user@contoso.com>+NOTIFY=NEVER 250 0 32 31 2 SMTP - - - -\r\n',
  );
});

test('logging.fields chooses the columns of header and line', () => {
  expect(w3cHeader(['sc-status', 'time'], '1.2.3', rcpt.atMs)).toBe(
    '#Software: SMTP Relay Manager 1.2.3\r\n#Version: 1.0\r\n#Date: 2026-11-24 09:28:45\r\n#Fields: time sc-status\r\n',
  );
  expect(w3cLine(rcpt, ['sc-status', 'time'], facts)).toBe('09:28:45 250\r\n');
});

test.each([
  ['outboundCommand', 'OutboundConnectionCommand'],
  ['outboundResponse', 'OutboundConnectionResponse'],
] as const)('%s names itself in place of the user', (direction, name) => {
  expect(w3cLine({ ...rcpt, direction }, ['cs-username'], facts)).toBe(`${name}\r\n`);
});

test('nothing becomes a dash, and characters with a meaning are encoded', () => {
  expect(w3cLine({ ...rcpt, user: '', query: 'a+b 100%\tü' }, ['cs-username', 'cs-uri-query'], facts)).toBe(
    '- a%2Bb+100%25%09%C3%BC\r\n',
  );
});

test('whatever a client says, a line has exactly its fields', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'binary' }), (query, user) => {
      const line = w3cLine({ ...rcpt, query, user }, protocolLogFields, facts);
      expect(line).toMatch(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*\r\n$/);
      expect(line.trimEnd().split(' ')).toHaveLength(protocolLogFields.length);
    }),
  );
});
