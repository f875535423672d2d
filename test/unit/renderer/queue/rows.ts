import type { QueueAnswer } from '../../../../renderer/queue/queue-window.ts';
import type { QueueRow } from '../../../../shared/contract/messages.ts';

/** A waiting message whose id tells its number. */
export const queueRow = (number: number, change: Partial<QueueRow> = {}): QueueRow => ({
  id: `01KAT5Q2VFM8ZT4E${String(number).padStart(10, '0')}`,
  state: 'retry',
  sender: 'ca@ca01.example.org',
  recipient: 'pki-team@example.org',
  recipientCount: 1,
  subject: `Certificate issued (${number})`,
  sizeBytes: 2_048,
  receivedAtMs: Date.parse('2030-01-01T00:00:00Z') + number,
  attempts: 1,
  lastError: '451 4.7.1 Try again later',
  nextAttemptAtMs: Date.parse('2030-01-01T01:00:00Z'),
  nextHop: 'mail.example.org',
  ...change,
});

/** What the relay answers for a queue of these rows. */
export const queueAnswer = (
  all: readonly QueueRow[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
  revision = 1,
): QueueAnswer => ({
  revision,
  total: all.length,
  queueTotal: all.length,
  recovering: false,
  rows: all.slice(offset, offset + limit),
});

export const queueOf = (count: number): QueueRow[] => Array.from({ length: count }, (_, number) => queueRow(number));
