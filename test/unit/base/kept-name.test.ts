import { expect, test } from 'vitest';
import { keptName } from '../../../electron/base/node-ports.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

test('the name of the computer is asked once in ten seconds, and a new one is heard', async () => {
  const clock = new FakeClock();
  const names = ['CA01', 'CA02', 'CA03'];
  const name = keptName(clock, () => names.shift() ?? '');
  expect([name(), name()]).toEqual(['CA01', 'CA01']);
  await clock.advance(9_999);
  expect(name()).toBe('CA01');
  await clock.advance(1);
  expect([name(), name()]).toEqual(['CA02', 'CA02']);
});

test('a clock that is set back does not keep a name for ever', () => {
  const clock = new FakeClock('2030-01-01T00:00:00.000Z');
  const times = [clock.now(), clock.now(), clock.now() - 3_600_000, clock.now() - 3_600_000];
  const names = ['CA01', 'CA02'];
  const name = keptName({ now: () => times.shift() ?? 0 }, () => names.shift() ?? '');
  expect([name(), name()]).toEqual(['CA01', 'CA02']);
});
