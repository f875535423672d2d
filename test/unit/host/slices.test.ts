import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRevisionCache } from '../../../electron/host/revision-cache.ts';
import { mapInSlices, sortInSlices } from '../../../electron/host/slices.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const noPause = async (): Promise<void> => {};

test('sorting in slices is sorting, and stable', async () => {
  const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
  await fc.assert(
    fc.asyncProperty(fc.nat(20_000), fc.nat(50), async (length, keys) => {
      const items = Array.from({ length }, (_, at) => ({ at, key: (at * 7_919) % (keys + 1) }));
      expect(await sortInSlices(items, byKey, noPause)).toEqual(items.toSorted(byKey));
    }),
    { numRuns: 20 },
  );
});

test('mapping in slices keeps the order and leaves out what is undefined', async () => {
  let pauses = 0;
  const odd = await mapInSlices(
    Array.from({ length: 1_000 }, (_, at) => at),
    (at) => (at % 2 === 1 ? at : undefined),
    async () => {
      pauses += 1;
    },
  );
  expect(odd.slice(0, 3)).toEqual([1, 3, 5]);
  expect(odd).toHaveLength(500);
  expect(pauses).toBe(2);
});

function cacheWith() {
  const clock = new FakeClock();
  let outdated = 0;
  const cache = createRevisionCache({
    clock,
    mayReuse: () => true,
    onOutdated: () => {
      outdated += 1;
    },
  });
  return { clock, cache, outdated: () => outdated };
}

test('the same question at the same time is worked on once', async () => {
  const { cache } = cacheWith();
  let made = 0;
  const make = async () => {
    made += 1;
    await new Promise((resolve) => setImmediate(resolve));
    return made;
  };
  const answers = await Promise.all([1, 2, 3].map(() => cache.get('a', () => 1, make)));
  expect(answers.map(({ value }) => value)).toEqual([1, 1, 1]);
});

test('a failure is not kept', async () => {
  const { cache } = cacheWith();
  const failing = cache.get(
    'a',
    () => 1,
    () => Promise.reject(new Error('no')),
  );
  const second = cache.get(
    'a',
    () => 1,
    async () => 'yes',
  );
  await expect(failing).rejects.toThrow('no');
  expect((await second).value).toBe('yes');
});

test('a cheap result is made anew for every change; the least used one of many is forgotten', async () => {
  const { cache, outdated } = cacheWith();
  const get = (key: string, revision: number) =>
    cache.get(
      key,
      () => revision,
      async () => `${key}${revision}`,
    );
  expect((await get('a', 1)).value).toBe('a1');
  expect((await get('a', 2)).value).toBe('a2');
  for (const key of 'bcdefghi') await get(key, 1);
  let made = 0;
  await cache.get(
    'a',
    () => 2,
    async () => {
      made += 1;
    },
  );
  expect(made).toBe(1);
  expect(outdated()).toBe(0);
});
