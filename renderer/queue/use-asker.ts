import { useEffect, useState } from 'react';
import { type Asker, createAsker } from './asker.ts';

/**
 * Asks while the component is mounted and `on` is true.
 * @param ask  Tells its answer itself and never rejects. Taken as it is at the first drawing: the component serves one thing for life.
 */
export function useAsker(ask: () => Promise<void>, everyMs: number, on = true): Asker {
  const [asker] = useState(() =>
    createAsker(
      {
        ask,
        nowMs: () => performance.now(),
        after: (delayMs, action) => {
          const timer = setTimeout(action, delayMs);
          return () => clearTimeout(timer);
        },
      },
      everyMs,
    ),
  );
  useEffect(() => (on ? asker.start() : undefined), [asker, on]);
  return asker;
}
