import type { Clock } from '../../electron/base/ports.ts';

/** The real clock, so many times faster: for a whole relay whose looks and waits would make a test long. */
export function fastClock(times: number): Clock {
  const startedAtMs = Date.now();
  return {
    now: () => startedAtMs + Math.floor((Date.now() - startedAtMs) * times),
    after(delayMs, action) {
      const timer = setTimeout(action, Math.min(Math.max(delayMs, 0) / times, 2_147_483_647));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
