import { expect, test } from 'vitest';
import { coalesce } from '../../../../renderer/api/coalesce.ts';

/** Work that ends when the test says so. */
const createWork = () => {
  const ends: (() => void)[] = [];
  return {
    begun: () => ends.length,
    endLast: async (): Promise<void> => {
      ends.at(-1)?.();
      // The promise chain behind the end needs a few turns.
      await new Promise((done) => setImmediate(done));
    },
    run: () => new Promise<void>((resolve) => ends.push(resolve)),
  };
};

test('runs at once, and once more for all that was asked meanwhile', async () => {
  const work = createWork();
  const ask = coalesce(work.run);
  ask();
  expect(work.begun()).toBe(1);
  ask();
  ask();
  expect(work.begun()).toBe(1);
  await work.endLast();
  expect(work.begun()).toBe(2);
  await work.endLast();
  expect(work.begun()).toBe(2);
  ask();
  expect(work.begun()).toBe(3);
});

test('work that fails does not stop the next one', async () => {
  let begun = 0;
  const ask = coalesce(async () => {
    begun += 1;
    throw new Error('lost');
  });
  ask();
  await new Promise((done) => setImmediate(done));
  ask();
  expect(begun).toBe(2);
});

test('however often it is asked, the pause after a run passes before the next one', async () => {
  const work = createWork();
  let pauseEnds = (): void => {};
  const ask = coalesce(work.run, (over) => {
    pauseEnds = over;
  });
  ask();
  await work.endLast();
  ask();
  ask();
  expect(work.begun()).toBe(1);
  pauseEnds();
  expect(work.begun()).toBe(2);
});
