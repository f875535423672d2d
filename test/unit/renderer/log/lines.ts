import type { ProtocolLogLine } from '../../../../shared/contract/servers.ts';

/** One line of the protocol log; whatever does not matter to a test is made up. */
export const line = (sequence: number, more: Partial<ProtocolLogLine> = {}): ProtocolLogLine => ({
  sequence,
  atMs: Date.parse('2030-01-01T12:00:00.250Z') + sequence,
  direction: 'inbound',
  sessionId: 'session-1',
  peer: '127.0.0.1',
  user: 'CA01',
  method: 'NOOP',
  query: '',
  status: 250,
  timeTakenMs: 3,
  ...more,
});

export const lines = (from: number, to: number): ProtocolLogLine[] =>
  Array.from({ length: to - from + 1 }, (_, at) => line(from + at));
