import { expect, test } from 'vitest';
import { settledWithin } from '../../../electron/main/settled-within.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

test('work that ends in time', async () => {
  expect(await settledWithin(1_000, Promise.resolve('done'), new FakeClock())).toBe(true);
});

test('work that hangs is not waited for longer than the limit', async () => {
  const clock = new FakeClock();
  const settled = settledWithin(1_000, new Promise(() => {}), clock);
  await clock.advance(1_000);
  expect(await settled).toBe(false);
});

test('work that fails says so', async () => {
  await expect(settledWithin(1_000, Promise.reject(new Error('disk full')), new FakeClock())).rejects.toThrow(
    'disk full',
  );
});
