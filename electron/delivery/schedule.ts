/** When to try again. Time arithmetic as a function of its inputs, chance included. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export type RetryIntervals = ServerSettings['delivery.retryIntervals'];

/** Minute, for a list of intervals that a hand-edited file left empty. */
const fallbackS = 60;

const intervalS = (intervals: RetryIntervals, nth: number): number =>
  intervals[Math.min(Math.max(nth, 1), intervals.length) - 1] ?? fallbackS;

/**
 * Delay after attempt number `attempts` (from 1); the last interval repeats. Up to 10 % is added at
 * random, so that what failed together does not come back in one moment.
 */
export const retryDelayMs = (intervals: RetryIntervals, attempts: number, random: () => number): number =>
  Math.round(intervalS(intervals, attempts) * 1_000 * (1 + random() / 10));

/**
 * Delay before probe number `probes` + 1 of a destination that is down. Never above the second interval:
 * an outage should end for the queue soon after it ended for the gateway, and one probe costs nothing.
 */
export const probeDelayMs = (intervals: RetryIntervals, probes: number, random: () => number): number =>
  Math.min(retryDelayMs(intervals, probes, random), intervalS(intervals, 2) * 1_000);

/** No retry is planned further ahead than this. */
export const longestDelayMs = (intervals: RetryIntervals): number =>
  retryDelayMs([Math.max(fallbackS, ...intervals)], 1, () => 1);

/** @param unreachableMs  How long its destination as a whole could not be reached since then; does not count. */
export const expiresAtMs = (receivedAtMs: EpochMs, expirationS: number, unreachableMs: number): EpochMs =>
  receivedAtMs + expirationS * 1_000 + unreachableMs;
