import { expect, test } from 'vitest';
import { permanentFailure, replyFailure, temporaryFailure } from '../../../electron/delivery/failure.ts';
import { type RecipientEvent, step } from '../../../electron/delivery/lifecycle.ts';
import type { RecipientRecord } from '../../../electron/spool/types.ts';

const pending: RecipientRecord = {
  address: 'a@example.org',
  state: 'pending',
  attempts: 1,
  nextAttemptAtMs: 0,
  lastFailure: null,
  deliveredAtMs: null,
};
const policy = { retryDelayMs: (attempts: number) => attempts * 100, expiresAtMs: 10_000 };
const busy = replyFailure('rcpt', false, '450 4.2.1 Busy');
const unknown = replyFailure('rcpt', true, '550 5.1.1 Unknown');
const refuse = (atMs: number, failure = busy, fault: 'message' | 'destination' = 'message'): RecipientEvent => ({
  type: 'refuse',
  atMs,
  failure,
  fault,
});

test.each<{ what: string; event: RecipientEvent; after: Partial<RecipientRecord> }>([
  {
    what: 'a start counts and plans the next',
    event: { type: 'start', atMs: 500 },
    after: { attempts: 2, nextAttemptAtMs: 700 },
  },
  {
    what: 'a delivery ends it',
    event: { type: 'deliver', atMs: 500 },
    after: { state: 'delivered', deliveredAtMs: 500 },
  },
  { what: 'a temporary refusal waits', event: refuse(500), after: { lastFailure: busy, nextAttemptAtMs: 600 } },
  { what: 'a permanent refusal fails', event: refuse(500, unknown), after: { state: 'failed', lastFailure: unknown } },
  {
    what: 'a permanent refusal fails whatever the destination is',
    event: refuse(500, unknown, 'destination'),
    after: { state: 'failed', lastFailure: unknown },
  },
  {
    what: 'its own temporary refusal at the deadline fails as expired',
    event: refuse(10_000),
    after: {
      state: 'failed',
      lastFailure: permanentFailure('rcpt', '4.4.7', 'Not delivered in time; the last answer was: 450 4.2.1 Busy'),
    },
  },
  {
    what: 'an unreachable destination never expires it',
    event: refuse(99_000, temporaryFailure('connect', 'refused'), 'destination'),
    after: { lastFailure: temporaryFailure('connect', 'refused'), nextAttemptAtMs: 99_100 },
  },
  {
    what: 'the operator may give it up',
    event: { type: 'giveUp', failure: permanentFailure('local', '4.3.2', 'deleted') },
    after: { state: 'failed', lastFailure: permanentFailure('local', '4.3.2', 'deleted') },
  },
])('$what', ({ event, after }) => {
  expect(step(pending, event, policy)).toEqual({ ...pending, ...after });
});

test.each(['delivered', 'failed'] as const)('nothing follows on %s', (state) => {
  expect(() => step({ ...pending, state }, { type: 'deliver', atMs: 1 }, policy)).toThrow(/cannot follow/);
});
