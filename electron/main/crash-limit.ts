import type { Clock } from '../base/ports.ts';

const windowMs = 60_000;
const reloadsPerWindow = 3;

/** Decides for each crash of the page whether it is loaded again: not for ever, when it crashes at once each time. */
export function createCrashLimit(clock: Clock): () => boolean {
  let crashesAtMs: number[] = [];
  return () => {
    const nowMs = clock.now();
    crashesAtMs = [...crashesAtMs.filter((atMs) => nowMs - atMs < windowMs), nowMs];
    return crashesAtMs.length <= reloadsPerWindow;
  };
}
