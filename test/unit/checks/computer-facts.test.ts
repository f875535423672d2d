import { describe, expect, test } from 'vitest';
import { clockFindings, parseTimeStatus } from '../../../electron/checks/clock-check.ts';
import { diskFindings } from '../../../electron/checks/disk-room.ts';
import { folderFindings, parseIcacls } from '../../../electron/checks/folder-rights.ts';
import { iisFindings } from '../../../electron/checks/iis-smtp.ts';
import { readSockets } from '../../../electron/checks/read-sockets.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const windows = { platform: 'win32', systemRoot: 'C:\\Windows' } as const;
const linux = { platform: 'linux', systemRoot: null } as const;
const portsWith = (disk = new MemoryDisk(), clock = new FakeClock()) => ({ disk, clock, computerName: () => 'CA01' });

const idsOf = (findings: readonly { readonly id: string; readonly severity: string }[]): readonly string[] =>
  findings.map(({ id, severity }) => `${id} ${severity}`);

describe('rights of the data folder', () => {
  const folder = 'C:\\ProgramData\\SmtpRelay';
  const rightsOf = async (stdout: string, exitCode = 0) =>
    idsOf(
      await folderFindings({
        ...windows,
        dataFolder: folder,
        runner: new ScriptedCommands(() => ({ stdout, exitCode })),
      }),
    );

  test.each([
    {
      what: 'as the installation sets them, in English',
      text: `${folder} NT AUTHORITY\\SYSTEM:(OI)(CI)(F)\r\n                         BUILTIN\\Administrators:(OI)(CI)(F)\r\n                         NT SERVICE\\SmtpRelay:(OI)(CI)(M)\r\n\r\nSuccessfully processed 1 files; Failed processing 0 files\r\n`,
      found: ['folderClosed ok'],
    },
    {
      what: 'the same in German, as code page 850 has it',
      text: `${folder} NT-AUTORIT\u{8e}T\\SYSTEM:(OI)(CI)(F)\r\n                         VORDEFINIERT\\Administratoren:(OI)(CI)(F)\r\n\r\n1 Dateien erfolgreich verarbeitet, bei 0 Dateien ist ein Verarbeitungsfehler aufgetreten.\r\n`,
      found: ['folderClosed ok'],
    },
    {
      what: 'inherited ones of a folder of Windows',
      text: `${folder} NT AUTHORITY\\SYSTEM:(I)(OI)(CI)(F)\r\n                         BUILTIN\\Users:(I)(OI)(CI)(RX)\r\n                         BUILTIN\\Users:(I)(CI)(WD,AD,WEA,WA)\r\n`,
      found: ['folderOpen problem'],
    },
    {
      what: 'everybody in German',
      text: `${folder} Jeder:(OI)(CI)(F)\r\n`,
      found: ['folderOpen problem'],
    },
    {
      what: 'a group of the domain, inherited',
      text: `${folder} CORP\\Backup Team:(I)(RX)\r\n`,
      found: ['folderOthers warning', 'folderInherits warning'],
    },
    {
      what: 'a group that is kept out',
      text: `${folder} CORP\\Everyone Else:(DENY)(F)\r\n                         NT AUTHORITY\\SYSTEM:(F)\r\n`,
      found: ['folderClosed ok'],
    },
  ])('$what', async ({ text, found }) => {
    expect(await rightsOf(text)).toEqual(found);
  });

  test('no folder, or no right to look', async () => {
    expect(await rightsOf('', 5)).toEqual(['folderUnread skipped']);
  });

  test('the path stands before the first entry only, and may have blanks and colons', () => {
    expect(parseIcacls('C:\\a b Jeder:(RX)\r\n       X\\Y Z:(I)(F)\r\n', 'C:\\a b')).toEqual([
      { account: 'Jeder', isInherited: false, isDenied: false },
      { account: 'X\\Y Z', isInherited: true, isDenied: false },
    ]);
  });

  test.each([
    ['700 root\n', 'folderClosed ok'],
    ['750 smtp-relay\n', 'folderOthers warning'],
    ['1755 root\n', 'folderOpen problem'],
  ])('on Linux: %j', async (stdout, found) => {
    const runner = new ScriptedCommands(() => ({ stdout }));
    expect(idsOf(await folderFindings({ ...linux, dataFolder: '/var/lib/smtp-relay', runner }))).toEqual([found]);
  });
});

describe('clock', () => {
  const english =
    'Leap Indicator: 0(no warning)\r\nStratum: 4 (secondary reference - syncd by (S)NTP)\r\nPrecision: -23 (119.209ns per tick)\r\nReferenceId: 0x0A010203 (source IP:  10.1.2.3)\r\n';
  const german =
    'Sprungindikator: 3(nicht synchronisiert)\r\nStratum: 0 (nicht angegeben)\r\nPr\u{84}zision: -23 (119.209ns pro Tick)\r\n';
  test('of w32tm, in any language', () => {
    expect(parseTimeStatus(english)).toBe(true);
    expect(parseTimeStatus(german)).toBe(false);
    expect(parseTimeStatus(english.replace('0x0A010203', '0x4C4F434C').replace('10.1.2.3', 'LOCL'))).toBe(false);
    expect(parseTimeStatus('Fehler: 0x80070005')).toBeNull();
  });

  const clockOf = async (system: typeof windows | typeof linux, answer: ScriptedCommands, ports = portsWith()) =>
    idsOf(await clockFindings({ ...system, runner: answer, ports, dataFolder: '/data' }));

  test.each([
    [{ stdout: english }, 'clockSynchronised ok'],
    [{ stdout: german }, 'clockNotSynchronised warning'],
    [{ exitCode: 0x8007_0426 }, 'clockUnserved note'],
    [{ exitCode: -2_147_023_834 }, 'clockUnserved note'],
    [{ exitCode: 5 }, 'clockUnread skipped'],
  ])('on Windows %j', async (answer, found) => {
    expect(await clockOf(windows, new ScriptedCommands(() => answer))).toEqual([found]);
  });

  test('on Linux, also where there is no systemd', async () => {
    expect(await clockOf(linux, new ScriptedCommands(() => ({ stdout: 'yes\n' })))).toEqual(['clockSynchronised ok']);
    expect(await clockOf(linux, new ScriptedCommands(() => ({ stdout: 'no\n' })))).toEqual([
      'clockNotSynchronised warning',
    ]);
    const missing = new ScriptedCommands(() => problem('notPossible', 'There is no such program.'));
    expect(await clockOf(linux, missing)).toEqual(['clockUnread skipped']);
  });

  test('settings that were written later than now', async () => {
    const clock = new FakeClock();
    const disk = new MemoryDisk();
    disk.files.set('/data/settings.json', Buffer.from('{}'));
    disk.modifiedAt.set('/data/settings.json', clock.now() + 3 * 3_600_000);
    const findings = await clockFindings({
      ...linux,
      runner: new ScriptedCommands(() => ({ stdout: 'yes' })),
      ports: portsWith(disk, clock),
      dataFolder: '/data',
    });
    expect(findings[1]).toMatchObject({ id: 'clockBehind', severity: 'problem', parameters: { hours: 3 } });
  });
});

describe('the SMTP service of IIS', () => {
  const answer = (state: number) => ({
    stdout: `\r\nSERVICE_NAME: SMTPSVC\r\n        TYPE               : 20  WIN32_SHARE_PROCESS\r\n        STATE              : ${state}  X\r\n        WIN32_EXIT_CODE    : 0  (0x0)\r\n        SERVICE_EXIT_CODE  : 0  (0x0)\r\n        CHECKPOINT         : 0x0\r\n        WAIT_HINT          : 0x0\r\n        PID                : 2140\r\n`,
  });
  const iisOf = async (result: { readonly exitCode?: number; readonly stdout?: string }, disk = new MemoryDisk()) =>
    idsOf(await iisFindings({ ...windows, runner: new ScriptedCommands(() => result), ports: portsWith(disk) }));

  test('absent, installed, running', async () => {
    expect(await iisOf({ exitCode: 1060 })).toEqual(['iisSmtpAbsent ok']);
    expect(await iisOf(answer(1))).toEqual(['iisSmtpInstalled note']);
    expect(await iisOf(answer(4))).toEqual(['iisSmtpRuns warning']);
  });

  test('elsewhere nobody asks', async () => {
    const runner = new ScriptedCommands();
    expect(await iisFindings({ ...linux, runner, ports: portsWith() })).toEqual([]);
    expect(runner.ran).toEqual([]);
  });

  test('mail that still waits in its queue', async () => {
    const disk = new MemoryDisk();
    disk.list = async (folder) =>
      folder === 'C:\\inetpub\\mailroot\\Queue' ? [{ name: 'NTFS_1.EML', isFile: true }] : [];
    expect(await iisOf(answer(4), disk)).toEqual(['iisSmtpRuns warning', 'iisQueueWaits warning']);
  });
});

describe('room on disk', () => {
  const floor = 100 * 1_048_576;
  test.each([
    [floor, 'diskFull problem'],
    [floor + 1, 'diskTight warning'],
    [floor * 5, 'diskRoom ok'],
  ])('%d bytes free', async (freeBytes, found) => {
    expect(idsOf(await diskFindings({ freeBytes: async () => freeBytes }, ['/data'], floor))).toEqual([found]);
  });

  test('each folder once; one that can not be asked is told', async () => {
    const disk = { freeBytes: () => Promise.reject(new Error('gone')) };
    expect(idsOf(await diskFindings(disk, ['/data', '/data', '/mail'], floor))).toEqual([
      'diskUnread skipped',
      'diskUnread skipped',
    ]);
  });
});

describe('listening sockets', () => {
  const netstat = '  TCP    0.0.0.0:25             0.0.0.0:0              ABH\u{99}REN         2140\r\n';

  test('on Windows with program and service, by whole paths, without a shell', async () => {
    const runner = new ScriptedCommands((words) =>
      words.startsWith('tasklist')
        ? { stdout: '"inetinfo.exe","2140","SMTPSVC"\r\n' }
        : words.endsWith('TCP')
          ? { stdout: netstat }
          : {},
    );
    expect(await readSockets({ ...windows, runner, ports: portsWith() }, new Set([25]))).toEqual([
      { address: '0.0.0.0', port: 25, processId: 2140, processName: 'inetinfo.exe (SMTPSVC)' },
    ]);
    expect(runner.ran.every(({ file }) => file.startsWith('C:\\Windows\\System32\\'))).toBe(true);
  });

  test('on Linux without ss, of the kernel', async () => {
    const disk = new MemoryDisk();
    disk.files.set('/proc/net/tcp', Buffer.from('   0: 0100007F:0019 00000000:0000 0A 0\n'));
    const runner = new ScriptedCommands(() => problem('notPossible', 'There is no such program.'));
    expect(await readSockets({ ...linux, runner, ports: portsWith(disk) }, new Set([25]))).toMatchObject([
      { port: 25 },
    ]);
    expect(await readSockets({ ...linux, runner, ports: portsWith() }, new Set([25]))).toBeNull();
  });
});
