/** What has to be undone, the last first. */
export interface Undo {
  later(step: () => Promise<void>): void;
  /**
   * Goes on after a failure: what can be released must be released. The first failure is passed on. A second call waits
   * for nothing and does nothing.
   */
  all(): Promise<void>;
}

export function createUndo(): Undo {
  const steps: (() => Promise<void>)[] = [];
  return {
    later: (step) => void steps.push(step),
    async all() {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        try {
          await step();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
