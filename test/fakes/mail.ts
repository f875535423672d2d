import type { Envelope } from '../../electron/spool/types.ts';

/** An envelope as the listener makes it, to any recipients. */
export const mailTo = (recipients: readonly string[], change: Partial<Envelope> = {}): Envelope => ({
  sender: 'ca@corp.example.com',
  recipients: recipients.map((address) => ({ address, dsn: {} })),
  receivedAtMs: Date.parse('2030-01-01T00:00:00.000Z'),
  clientAddress: '127.0.0.1',
  heloName: 'ca01',
  protocol: 'ESMTP',
  body: '7BIT',
  smtpUtf8: false,
  dsn: {},
  ...change,
});
