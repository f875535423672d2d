/**
 * Asks again as something changes: one question at a time, the next one at least `everyMs` after the last began, and always
 * once more when something changed while an answer was on its way. Knows neither React nor what is asked.
 */
export interface AskerPorts {
  /** Asks and tells the answer; never rejects. */
  ask(): Promise<void>;
  nowMs(): number;
  /** Runs `action` once after `delayMs`; returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export interface Asker {
  /** Asks at once. Returns a function that stops it; it can be started again. */
  start(): () => void;
  /** Something changed. */
  later(): void;
  /** Somebody wants to know now. */
  now(): void;
}

export function createAsker(ports: AskerPorts, everyMs: number): Asker {
  let stopped = true;
  let underWay = false;
  let wanted = false;
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  let cancelWait: (() => void) | null = null;

  const stopWaiting = (): void => {
    cancelWait?.();
    cancelWait = null;
  };
  const ask = async (): Promise<void> => {
    stopWaiting();
    underWay = true;
    wanted = false;
    lastAskedMs = ports.nowMs();
    await ports.ask();
    underWay = false;
    if (wanted) later();
  };
  const later = (): void => {
    if (stopped) return;
    if (underWay) {
      wanted = true;
      return;
    }
    const waitMs = Math.max(0, lastAskedMs + everyMs - ports.nowMs());
    cancelWait ??= ports.after(waitMs, () => void ask());
  };
  const now = (): void => {
    if (stopped) return;
    if (underWay) wanted = true;
    else void ask();
  };
  return {
    start: () => {
      stopped = false;
      now();
      return () => {
        stopped = true;
        stopWaiting();
      };
    },
    later,
    now,
  };
}
