import { expect, test } from 'vitest';
import { parentGone } from '../../../electron/cli/parent-gone.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

test('the end of the parent is noticed, and not before', async () => {
  const clock = new FakeClock();
  let parent = 4_711;
  let gone = false;
  const watch = parentGone(clock, () => parent).then(() => {
    gone = true;
  });
  await clock.advance(60_000);
  expect(gone).toBe(false);
  parent = 1;
  await clock.advance(1_000);
  await watch;
  expect(gone).toBe(true);
  expect(clock.pendingTimers).toBe(0);
});
