import { expect, test } from 'vitest';
import { logonItem } from '../../../electron/main/logon-item.ts';

const facts = {
  platform: 'win32',
  executable: 'C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe',
  appFolder: null,
  dataFolder: null,
  name: 'SMTP Relay Manager',
} as const;

test('Windows starts the program without its window, whatever blanks its path has', () => {
  expect(logonItem(facts)).toEqual({
    name: 'SMTP Relay Manager',
    path: '"C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe"',
    args: ['--hidden'],
  });
});

test('the entry of another data folder names it', () => {
  const item = logonItem({ ...facts, dataFolder: 'D:\\Relay Data', name: 'SMTP Relay Manager-1' });
  expect(item).toMatchObject({ name: 'SMTP Relay Manager-1', args: ['--hidden', '--data', '"D:\\Relay Data"'] });
});

test('a closing backslash does not take the quote along', () => {
  expect(logonItem({ ...facts, dataFolder: 'D:\\' })?.args).toEqual(['--hidden', '--data', '"D:\\\\"']);
});

test('from a checkout the runtime is told which application to start', () => {
  expect(logonItem({ ...facts, appFolder: 'C:\\src\\relay' })?.args).toEqual(['"C:\\src\\relay"', '--hidden']);
});

test('macOS starts the application itself; elsewhere there is no list', () => {
  expect(logonItem({ ...facts, platform: 'darwin' })).toEqual({});
  expect(logonItem({ ...facts, platform: 'linux' })).toBeNull();
});
