import { describe, expect, test } from 'vitest';
import {
  dataFolderRights,
  firewallRule,
  programLine,
  quoteWindowsArgument,
  serviceDefinition,
  serviceSid,
} from '../../../electron/packaging/windows-commands.ts';

const program = 'C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe';
const installation = { program, dataFolder: null, firewallPorts: [] };

test('the service starts with Windows under its own account and is restarted after a failure', () => {
  expect(serviceDefinition('C:\\Windows', installation, false)).toEqual([
    {
      file: 'C:\\Windows\\System32\\sc.exe',
      args: [
        ...['create', 'SmtpRelay', 'type=', 'own', 'start=', 'auto', 'error=', 'normal'],
        ...['binPath=', '"C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe" --service'],
        ...['obj=', 'NT SERVICE\\SmtpRelay', 'DisplayName=', 'SMTP Relay Manager'],
      ],
    },
    { file: 'C:\\Windows\\System32\\sc.exe', args: ['description', 'SmtpRelay', expect.stringContaining('mail')] },
    {
      file: 'C:\\Windows\\System32\\sc.exe',
      args: ['failure', 'SmtpRelay', 'reset=', '86400', 'actions=', 'restart/5000/restart/30000/restart/60000'],
    },
    { file: 'C:\\Windows\\System32\\sc.exe', args: ['failureflag', 'SmtpRelay', '1'] },
  ]);
});

test('a service that exists is corrected, not made again', () => {
  expect(serviceDefinition(null, installation, true)[0]).toMatchObject({
    file: 'C:\\Windows\\System32\\sc.exe',
    args: expect.arrayContaining(['config', 'binPath=']),
  });
});

test('another data folder is part of what Windows starts', () => {
  expect(programLine({ program: 'C:\\relay.exe', dataFolder: 'D:\\Mail of the CA\\' })).toBe(
    'C:\\relay.exe --service --data "D:\\Mail of the CA\\\\"',
  );
});

test.each([
  ['plain', 'plain'],
  ['', '""'],
  ['two words', '"two words"'],
  ['tab\there', '"tab\there"'],
  ['say "no"', '"say \\"no\\""'],
  ['C:\\a b\\', '"C:\\a b\\\\"'],
  ['C:\\a\\b', 'C:\\a\\b'],
  ['back\\"slash', '"back\\\\\\"slash"'],
  ['\\\\server\\share one', '"\\\\server\\share one"'],
])('the argument %j is written %j', (argument, written) => {
  expect(quoteWindowsArgument(argument)).toBe(written);
});

describe('the data folder', () => {
  test('belongs to the system, administrators and the service, whatever the language of Windows', () => {
    expect(dataFolderRights('C:\\Windows', 'C:\\ProgramData\\SmtpRelay')).toMatchObject({
      file: 'C:\\Windows\\System32\\icacls.exe',
      args: [
        ...['C:\\ProgramData\\SmtpRelay', '/inheritance:r', '/grant:r'],
        ...['*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', `*${serviceSid('SmtpRelay')}:(OI)(CI)M`, '/Q'],
      ],
    });
  });

  test('knows a service by the number that Windows makes of its name', () => {
    expect(serviceSid('TrustedInstaller')).toBe('S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464');
  });
});

test('the firewall opens the ports for this program only, and not on public networks', () => {
  expect(firewallRule('C:\\Windows', program, [25, 587]).args).toEqual([
    ...['advfirewall', 'firewall', 'add', 'rule', 'name=SMTP Relay Manager', 'dir=in', 'action=allow', 'protocol=TCP'],
    ...['localport=25,587', `program=${program}`, 'profile=domain,private', 'enable=yes'],
  ]);
});
