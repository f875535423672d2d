import { expect, test } from 'vitest';
import { dataFolderFor } from '../../../electron/host/data-folder.ts';
import { pipeAddressFor } from '../../../electron/host/pipe-address.ts';

const windowsDefault = 'C:\\ProgramData\\SmtpRelay';
const windows = (dataFolder: string): string =>
  pipeAddressFor({ platform: 'win32', dataFolder, defaultDataFolder: windowsDefault });

test.each([
  { folder: windowsDefault },
  { folder: 'c:\\programdata\\smtprelay' },
  { folder: 'C:/ProgramData/SmtpRelay/' },
])('on Windows the default folder, written $folder, has the plain pipe', ({ folder }) => {
  expect(windows(folder)).toBe('\\\\.\\pipe\\smtp-relay');
});

test('on Windows every other folder has a pipe of its own, however its name is written', () => {
  const pipe = windows('D:\\Relay');
  expect(pipe).toMatch(/^\\\\\.\\pipe\\smtp-relay-[0-9a-f]{12}$/);
  expect(windows('d:/relay/')).toBe(pipe);
  expect(windows('D:\\Relay2')).not.toBe(pipe);
});

test('elsewhere the socket lies in the data folder', () => {
  const dataFolder = '/var/lib/smtp-relay';
  expect(pipeAddressFor({ platform: 'linux', dataFolder, defaultDataFolder: '/other' })).toBe(
    '/var/lib/smtp-relay/relay.sock',
  );
});

test.each([
  { platform: 'win32', env: { ProgramData: 'E:\\Data' }, isRoot: false, folder: 'E:\\Data\\SmtpRelay' },
  { platform: 'win32', env: {}, isRoot: false, folder: 'C:\\ProgramData\\SmtpRelay' },
  { platform: 'linux', env: {}, isRoot: true, folder: '/var/lib/smtp-relay' },
  { platform: 'linux', env: {}, isRoot: false, folder: '/home/eva/.local/share/smtp-relay' },
] as const)('the default data folder on $platform, root $isRoot, is $folder', ({ platform, env, isRoot, folder }) => {
  expect(dataFolderFor({ platform, env, isRoot, homeFolder: '/home/eva' })).toBe(folder);
});
