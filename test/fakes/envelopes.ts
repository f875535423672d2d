import * as fc from 'fast-check';
import type { Envelope } from '../../electron/spool/types.ts';

/** A plain envelope for tests that need one. */
export const envelope = (over: Partial<Envelope> = {}): Envelope => ({
  sender: 'ca@corp.example',
  recipients: [{ address: 'admin@corp.example', dsn: {} }],
  receivedAtMs: Date.UTC(2030, 0, 1, 8, 30),
  clientAddress: '127.0.0.1',
  heloName: 'PKICA01',
  protocol: 'ESMTP',
  body: '8BITMIME',
  smtpUtf8: false,
  dsn: {},
  ...over,
});

/** Any address the head can carry: no line ends, but blanks, brackets and letters of all scripts. */
const address = fc
  .oneof(
    fc.emailAddress(),
    fc.constantFrom(
      '',
      '<>',
      '<a@b>',
      ' a@b ',
      '"<x>"@y',
      'jürgen@müller.example',
      '\u2028',
      '\ufeffa@b',
      'x-sender: a',
    ),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
  )
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));

const recipientDsn = fc.record(
  {
    notify: fc.oneof(
      fc.constant(['NEVER' as const]),
      fc.subarray(['SUCCESS', 'FAILURE', 'DELAY'] as const, { minLength: 1 }),
    ),
    orcpt: fc.string({ unit: 'binary' }),
  },
  { requiredKeys: [] },
);

/** Any envelope; free texts hold control characters and line ends as well. */
export const envelopes: fc.Arbitrary<Envelope> = fc.record(
  {
    authenticatedUser: fc.string({ unit: 'binary' }),
    reverseLookup: fc.record(
      {
        result: fc.constantFrom('verified' as const, 'unverified' as const, 'failed' as const),
        name: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: ['result'] },
    ),
    sender: address,
    recipients: fc.array(fc.record({ address, dsn: recipientDsn }), { minLength: 1, maxLength: 12 }),
    receivedAtMs: fc.nat({ max: 8_000_000_000_000 }),
    clientAddress: fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: 'binary' })),
    heloName: fc.string({ unit: 'binary' }),
    protocol: fc.constantFrom('SMTP', 'ESMTP', 'UTF8SMTP', 'local'),
    body: fc.constantFrom('7BIT' as const, '8BITMIME' as const),
    smtpUtf8: fc.boolean(),
    dsn: fc.record(
      { ret: fc.constantFrom('FULL' as const, 'HDRS' as const), envid: fc.string({ unit: 'binary' }) },
      { requiredKeys: [] },
    ),
  },
  {
    requiredKeys: [
      'sender',
      'recipients',
      'receivedAtMs',
      'clientAddress',
      'heloName',
      'protocol',
      'body',
      'smtpUtf8',
      'dsn',
    ],
  },
);
