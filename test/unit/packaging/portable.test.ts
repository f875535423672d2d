import { expect, test } from 'vitest';
import { isPortable } from '../../../electron/packaging/portable.ts';

const folder = 'C:\\Program Files\\SMTP Relay Manager';
const windows = { platform: 'win32', executable: `${folder}\\SMTP Relay Manager.exe`, appImage: undefined } as const;

test('the uninstaller beside the program tells an installation', () => {
  const uninstaller = `${folder}\\Uninstall SMTP Relay Manager.exe`;
  expect(isPortable({ ...windows, exists: (path) => path === uninstaller })).toBe(false);
  expect(isPortable({ ...windows, exists: () => false })).toBe(true);
});

test('an AppImage is portable, a package of Linux is not', () => {
  const linux = {
    platform: 'linux',
    executable: '/opt/SMTP Relay Manager/smtp-relay-manager',
    exists: () => false,
  } as const;
  expect(isPortable({ ...linux, appImage: '/home/ca/relay.AppImage' })).toBe(true);
  expect(isPortable({ ...linux, appImage: undefined })).toBe(false);
});
