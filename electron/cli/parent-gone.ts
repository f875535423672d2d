import type { Clock } from '../base/ports.ts';

const betweenLooksMs = 250;

/**
 * Resolves once the parent process has ended. Between `npm run` and the command there is a shell, which ends on a SIGTERM
 * to npm without passing it on: the relay would go on unseen and keep data folder and port.
 */
export function parentGone(clock: Pick<Clock, 'after'>, parentId: () => number): Promise<void> {
  const parent = parentId();
  return new Promise((resolve) => {
    const look = (): void => {
      if (parentId() === parent) clock.after(betweenLooksMs, look);
      else resolve();
    };
    clock.after(betweenLooksMs, look);
  });
}
