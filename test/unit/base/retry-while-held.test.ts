import { expect, test } from 'vitest';
import { retryWhileHeld } from '../../../electron/base/retry-while-held.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** Fails with these codes, one a call, then succeeds. */
function failing(...codes: string[]) {
  const delays: number[] = [];
  let calls = 0;
  const action = async (): Promise<void> => {
    const code = codes[calls];
    calls += 1;
    if (code !== undefined) throw failure(code);
  };
  const run = () => retryWhileHeld(action, async (delayMs) => void delays.push(delayMs));
  return { run, delays, calls: () => calls };
}

test('it waits longer each time while the file is held', async () => {
  const { run, delays, calls } = failing('EPERM', 'EBUSY', 'EACCES', 'EPERM', 'EPERM', 'EPERM', 'EPERM');
  await run();
  expect(delays).toEqual([10, 20, 40, 80, 160, 320, 320]);
  expect(calls()).toBe(8);
});

test('it gives up after about two seconds with the last failure', async () => {
  const { run, delays } = failing(...Array.from({ length: 50 }, () => 'EBUSY'));
  await expect(run()).rejects.toThrow('EBUSY');
  const totalMs = delays.reduce((sum, delayMs) => sum + delayMs, 0);
  expect(totalMs).toBeGreaterThan(1_500);
  expect(totalMs).toBeLessThan(2_500);
});

test.each(['ENOENT', 'ENOSPC', 'EXDEV'])('%s is passed on at once', async (code) => {
  const { run, delays } = failing(code);
  await expect(run()).rejects.toThrow(code);
  expect(delays).toEqual([]);
});
