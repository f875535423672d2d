import { expect, test } from 'vitest';
import { permanentFailure, replyFailure, temporaryFailure } from '../../../electron/delivery/failure.ts';
import { type RecipientEvent, step, takenBack, wasGivenUp } from '../../../electron/delivery/lifecycle.ts';
import type { RecipientRecord } from '../../../electron/spool/types.ts';

const pending: RecipientRecord = {
  address: 'a@example.org',
  state: 'pending',
  attempts: 1,
  nextAttemptAtMs: 0,
  lastFailure: null,
  deliveredAtMs: null,
};
const policy = {
  retryDelayMs: (attempts: number) => attempts * 100,
  expiresAtMs: 10_000,
  expiresDuringOutage: false,
};
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
    what: 'while it only waits it expires for the reason its destination is down',
    event: { type: 'expire', failure: temporaryFailure('connect', 'refused') },
    after: {
      state: 'failed',
      lastFailure: permanentFailure('connect', '4.4.7', 'Not delivered in time; the last answer was: refused'),
    },
  },
  {
    what: 'the operator may give it up',
    event: { type: 'giveUp' },
    after: {
      state: 'failed',
      lastFailure: permanentFailure('local', '4.3.2', 'The message was deleted by the administrator.'),
    },
  },
])('$what', ({ event, after }) => {
  expect(step(pending, event, policy)).toEqual({ ...pending, ...after });
});

test.each(['delivered', 'failed'] as const)('nothing follows on %s', (state) => {
  expect(() => step({ ...pending, state }, { type: 'deliver', atMs: 1 }, policy)).toThrow(/cannot follow/);
});

test('delivery.expireDuringOutage: an unreachable destination expires it where the policy says so', () => {
  const outage = { ...policy, expiresDuringOutage: true };
  const down = temporaryFailure('connect', 'refused');
  expect(step(pending, refuse(9_999, down, 'destination'), outage).state).toBe('pending');
  expect(step(pending, refuse(10_000, down, 'destination'), outage)).toMatchObject({
    state: 'failed',
    lastFailure: { enhanced: '4.4.7' },
  });
});

test('expiry quotes the own last answer before that of others', () => {
  const refused = { ...pending, lastFailure: busy };
  const event: RecipientEvent = { type: 'expire', failure: temporaryFailure('connect', 'refused') };
  expect(step(refused, event, policy).lastFailure?.text).toContain('450 4.2.1 Busy');
});

test('only what an operator gave up is taken back, and is due then', () => {
  const refused = step(pending, refuse(500, unknown), policy);
  expect([wasGivenUp(refused), takenBack(refused)]).toEqual([false, refused]);
  const later = { ...pending, attempts: 3, nextAttemptAtMs: 9_000, lastFailure: busy };
  const deleted = step(later, { type: 'giveUp' }, policy);
  expect(wasGivenUp(deleted)).toBe(true);
  expect(takenBack(deleted)).toEqual({ ...pending, attempts: 3 });
});
