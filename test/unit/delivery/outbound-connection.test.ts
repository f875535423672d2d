import { createHash } from 'node:crypto';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { expect, test } from 'vitest';
import { OutboundConnection } from '../../../electron/delivery/outbound-connection.ts';

const method = (name: string): unknown => Reflect.get(SMTPConnection.prototype, name);
const digest = (code: unknown): string => createHash('sha256').update(String(code)).digest('hex').slice(0, 16);

/**
 * The library's own methods as they were read when ours were written. When this fails after an update: read what changed,
 * carry over what matters to outbound-connection.ts, then put the new value here.
 */
test.each([
  { name: '_sendCommand', known: '9254556f26341f21' },
  { name: '_actionGreeting', known: '8f157296616ea432' },
  { name: '_actionEHLO', known: '89eb7f7d147db438' },
  { name: '_actionHELO', known: '8c99f9554bdc552e' },
  { name: '_sendRcpt', known: '624dac08ea9dd65f' },
  { name: '_getDsnRcptToArgs', known: 'cf925ccf97ba64c1' },
  { name: '_setEnvelope', known: '3250b192ad6b93e0' },
  { name: '_parseEhloExtensions', known: 'd3ae5ed55fbda4f5' },
  { name: '_upgradeConnection', known: 'f74b86300d51f0d6' },
  { name: '_createSendStream', known: '62f327855dc9522d' },
  { name: '_processResponse', known: 'b39789c0483ba9ec' },
  { name: 'send', known: '889a7559fc05e8b3' },
  { name: 'close', known: '4a1913b8e19f2288' },
  { name: '_actionDATA', known: '0694e352b5dbc816' },
  { name: '_actionSMTPStream', known: '0485bdd0da8f83c8' },
  { name: 'login', known: '49bcdeeb2c783d7c' },
])('SMTPConnection.$name is the one that was overridden or relied on', ({ name, known }) => {
  expect(digest(method(name))).toBe(known);
});

test('nothing else of the library is overridden', () => {
  const own = Object.getOwnPropertyNames(OutboundConnection.prototype);
  expect(own.filter((name) => name !== 'constructor' && name in SMTPConnection.prototype).sort()).toEqual(
    [
      '_actionEHLO',
      '_createSendStream',
      '_parseEhloExtensions',
      '_sendCommand',
      '_sendRcpt',
      '_upgradeConnection',
    ].sort(),
  );
});
