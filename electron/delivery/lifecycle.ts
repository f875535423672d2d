/**
 * A recipient's life: pending -> delivered | failed. Pure: no clock, disk or log.
 * An illegal step is a bug of the caller and throws.
 */
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import type { RecipientRecord } from '../spool/types.ts';
import { formatFailure, permanentFailure } from './failure.ts';

export type RecipientEvent =
  /** An attempt begins. Stored before dialling whenever it is not the first one: a crash must never hammer a server. */
  | { readonly type: 'start'; readonly atMs: EpochMs }
  | { readonly type: 'deliver'; readonly atMs: EpochMs }
  /** `fault` tells whose it was: a message expires by its own failures, by an outage only where the policy says so. */
  | {
      readonly type: 'refuse';
      readonly atMs: EpochMs;
      readonly failure: Failure;
      readonly fault: 'message' | 'destination';
    }
  /** Its time is over although nothing was tried just now. */
  | { readonly type: 'expire'; readonly failure: Failure }
  /** Given up by the operator. */
  | { readonly type: 'giveUp' };

export interface RetryPolicy {
  /** Delay after attempt number `attempts`, from 1. */
  retryDelayMs(attempts: number): number;
  /** Asked only after a failed attempt, so every message gets at least one. */
  readonly expiresAtMs: EpochMs;
  readonly expiresDuringOutage: boolean;
}

/** For events that plan nothing: expiry and giving up. */
export const noRetry: RetryPolicy = { retryDelayMs: () => 0, expiresAtMs: 0, expiresDuringOutage: false };

const deletedByAdministrator: Failure = permanentFailure(
  'local',
  '4.3.2',
  'The message was deleted by the administrator.',
);

export function step(record: RecipientRecord, event: RecipientEvent, policy: RetryPolicy): RecipientRecord {
  if (record.state !== 'pending') {
    throw new Error(`Recipient ${record.address} is ${record.state}; '${event.type}' cannot follow.`);
  }
  switch (event.type) {
    case 'start': {
      const attempts = record.attempts + 1;
      return { ...record, attempts, nextAttemptAtMs: event.atMs + policy.retryDelayMs(attempts) };
    }
    case 'deliver':
      return { ...record, state: 'delivered', deliveredAtMs: event.atMs };
    case 'refuse':
      return afterRefusal(record, event, policy);
    case 'expire':
      return { ...record, state: 'failed', lastFailure: expired(record.lastFailure ?? event.failure) };
    case 'giveUp':
      return { ...record, state: 'failed', lastFailure: deletedByAdministrator };
  }
}

export const wasGivenUp = ({ state, lastFailure }: RecipientRecord): boolean =>
  state === 'failed' &&
  lastFailure?.stage === deletedByAdministrator.stage &&
  lastFailure.enhanced === deletedByAdministrator.enhanced;

/** The one way back: the operator takes a deletion back. Whoever was given up by it waits again and is due. */
export const takenBack = (record: RecipientRecord): RecipientRecord =>
  wasGivenUp(record) ? { ...record, state: 'pending', lastFailure: null, nextAttemptAtMs: 0 } : record;

function afterRefusal(
  record: RecipientRecord,
  { atMs, failure, fault }: Extract<RecipientEvent, { type: 'refuse' }>,
  policy: RetryPolicy,
): RecipientRecord {
  if (failure.permanent) return { ...record, state: 'failed', lastFailure: failure };
  if ((fault === 'message' || policy.expiresDuringOutage) && atMs >= policy.expiresAtMs) {
    return { ...record, state: 'failed', lastFailure: expired(failure) };
  }
  // The interval is measured from the end of the attempt: a slow refusal must not shorten the pause.
  return { ...record, lastFailure: failure, nextAttemptAtMs: atMs + policy.retryDelayMs(record.attempts) };
}

/** RFC 3463 X.4.7, delivery time expired; the last words of the server are quoted, they are the reason. */
const expired = (failure: Failure): Failure =>
  permanentFailure(failure.stage, '4.4.7', `Not delivered in time; the last answer was: ${formatFailure(failure)}`);
