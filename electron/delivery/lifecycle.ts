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
  /** `fault` tells whose it was: a message expires by its own failures only, never by an outage of its destination. */
  | {
      readonly type: 'refuse';
      readonly atMs: EpochMs;
      readonly failure: Failure;
      readonly fault: 'message' | 'destination';
    }
  /** Given up by the operator. */
  | { readonly type: 'giveUp'; readonly failure: Failure };

export interface RetryPolicy {
  /** Delay after attempt number `attempts`, from 1. */
  retryDelayMs(attempts: number): number;
  /** Asked only after a failed attempt, so every message gets at least one. */
  readonly expiresAtMs: EpochMs;
}

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
    case 'giveUp':
      return { ...record, state: 'failed', lastFailure: event.failure };
  }
}

function afterRefusal(
  record: RecipientRecord,
  { atMs, failure, fault }: Extract<RecipientEvent, { type: 'refuse' }>,
  policy: RetryPolicy,
): RecipientRecord {
  if (failure.permanent) return { ...record, state: 'failed', lastFailure: failure };
  if (fault === 'message' && atMs >= policy.expiresAtMs) {
    return { ...record, state: 'failed', lastFailure: expired(failure) };
  }
  // The interval is measured from the end of the attempt: a slow refusal must not shorten the pause.
  return { ...record, lastFailure: failure, nextAttemptAtMs: atMs + policy.retryDelayMs(record.attempts) };
}

/** RFC 3463 X.4.7, delivery time expired; the last words of the server are quoted, they are the reason. */
const expired = (failure: Failure): Failure =>
  permanentFailure(failure.stage, '4.4.7', `Not delivered in time; the last answer was: ${formatFailure(failure)}`);
