import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { developmentFolder } from '../../../electron/scripts/development-folder.ts';
import { browserCommand } from '../../../electron/scripts/open-browser.ts';
import { parseStartOptions } from '../../../electron/scripts/start-options.ts';

test('without options: development folder, port 2525 on both loopback addresses, any free console port', () => {
  expect(parseStartOptions([])).toEqual({
    dataFolder: null,
    listen: ['127.0.0.1:2525', '[::1]:2525'],
    consolePort: 0,
    browserWanted: false,
    buildWanted: true,
  });
});

test('every option is taken, and a relative folder is meant from here', () => {
  const args = [
    '--data',
    'here',
    '--listen',
    '127.0.0.1:1',
    '--listen',
    '*:2',
    '--console-port',
    '8080',
    '--browser',
    '--no-build',
  ];
  expect(parseStartOptions(args)).toEqual({
    dataFolder: resolve('here'),
    listen: ['127.0.0.1:1', '*:2'],
    consolePort: 8080,
    browserWanted: true,
    buildWanted: false,
  });
});

test.each([
  { args: ['--listen', 'localhost'], names: '--listen' },
  { args: ['--listen', '127.0.0.1:70000'], names: '--listen' },
  { args: ['--console-port', '65536'], names: '--console-port' },
  { args: ['--console-port', '-1'], names: '--console-port' },
  { args: ['--console-port', 'any'], names: '--console-port' },
  { args: ['--data'], names: '--data' },
  { args: ['--browsr'], names: '--browsr' },
  { args: ['extra'], names: 'extra' },
])('$args is refused by name', ({ args, names }) => {
  expect(() => parseStartOptions(args)).toThrow(names);
});

test.each([
  { platform: 'linux', env: {}, homeFolder: '/home/a', folder: '/home/a/.local/share/smtp-relay-dev' },
  {
    platform: 'darwin',
    env: {},
    homeFolder: '/Users/a',
    folder: '/Users/a/Library/Application Support/smtp-relay-dev',
  },
  {
    platform: 'win32',
    env: { LOCALAPPDATA: 'D:\\Local' },
    homeFolder: 'C:\\Users\\a',
    folder: 'D:\\Local\\SmtpRelayDev',
  },
  { platform: 'win32', env: {}, homeFolder: 'C:\\Users\\a', folder: 'C:\\Users\\a\\AppData\\Local\\SmtpRelayDev' },
] as const)('the development folder on $platform is $folder', ({ folder, ...account }) => {
  expect(developmentFolder(account)).toBe(folder);
});

test.each([
  { platform: 'linux', program: '/usr/bin/xdg-open' },
  { platform: 'darwin', program: '/usr/bin/open' },
  { platform: 'win32', program: 'C:\\Windows\\System32\\rundll32.exe' },
] as const)(
  'the browser on $platform is opened by an absolute path, the address as one argument',
  ({ platform, program }) => {
    const address = 'http://127.0.0.1:1/?token=a&b';
    const [first, ...args] = browserCommand(address, platform, {});
    expect(first).toBe(program);
    expect(args.at(-1)).toBe(address);
  },
);
