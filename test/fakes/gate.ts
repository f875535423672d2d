/** A promise that the test settles. */
export interface Gate {
  readonly promise: Promise<void>;
  open(): void;
  fail(error: Error): void;
}

export function closedGate(): Gate {
  let settle: Pick<Gate, 'open' | 'fail'> = { open: () => undefined, fail: () => undefined };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { open: resolve, fail: reject };
  });
  return { promise, open: () => settle.open(), fail: (error) => settle.fail(error) };
}

/** Lets everything run that can without time passing. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
