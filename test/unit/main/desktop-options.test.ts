import { expect, test } from 'vitest';
import { createCrashLimit } from '../../../electron/main/crash-limit.ts';
import { readDesktopOptions } from '../../../electron/main/desktop-options.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

test.each([
  { args: [], options: { dataFolder: null, listen: [], hidden: false, after: null } },
  {
    args: ['.', '--data', '/d', '--listen', '127.0.0.1:2525', '--listen=[::1]:2525'],
    options: { dataFolder: '/d', listen: ['127.0.0.1:2525', '[::1]:2525'], hidden: false, after: null },
  },
  {
    args: ['--inspect=0', '--remote-debugging-port=0', '/app', '--data=/d', '--no-sandbox'],
    options: { dataFolder: '/d', listen: [], hidden: false, after: null },
  },
  { args: ['--hidden', '--data', '/d'], options: { dataFolder: '/d', listen: [], hidden: true, after: null } },
  { args: ['--after', '4711'], options: { dataFolder: null, listen: [], hidden: false, after: 4_711 } },
  { args: ['--after', '-1'], options: { dataFolder: null, listen: [], hidden: false, after: null } },
])('$args', ({ args, options }) => {
  expect(readDesktopOptions(args)).toEqual(options);
});

test.each([
  { args: ['--data'], message: '--data needs a folder' },
  { args: ['--listen'], message: '--listen needs an address and port' },
  { args: ['--listen', 'everywhere'], message: "'everywhere' is none" },
])('$args is refused in a sentence', ({ args, message }) => {
  expect(() => readDesktopOptions(args)).toThrow(message);
});

test('a page that crashes again and again is loaded three times a minute, not for ever', async () => {
  const clock = new FakeClock();
  const mayReload = createCrashLimit(clock);
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false]);
  await clock.advance(60_000);
  expect(mayReload()).toBe(true);
});
