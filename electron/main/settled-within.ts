import type { Clock } from '../base/ports.ts';

/** @returns whether `work` ended within the limit; it goes on after it. @throws what it throws within the limit. */
export async function settledWithin(limitMs: number, work: Promise<unknown>, clock: Clock): Promise<boolean> {
  let cancel = (): void => {};
  const limit = new Promise<false>((resolve) => {
    cancel = clock.after(limitMs, () => resolve(false));
  });
  try {
    return await Promise.race([work.then(() => true as const), limit]);
  } finally {
    cancel();
  }
}
