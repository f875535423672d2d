/** A server of IIS becomes one of ours, and its mail is delivered once: command line, relay, disk and a gateway together. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { connectRelay } from '../../../electron/cli/relay-connection.ts';
import { createIisImportHandlers } from '../../../electron/iis-import/iis-import-handlers.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';
import { ipList } from '../../unit/iis-import/fixture.ts';
import { patience, RelayBed, sendMail } from '../host/relay-bed.ts';
import { OldServer, oldMail } from './old-server.ts';

const ports = nodePorts({ log: new MemoryLog() });
let bed: RelayBed;
let old: OldServer;
let port = 0;

beforeEach(async () => {
  port = await freePort();
  bed = await RelayBed.make({ 1: { 'general.listen': [`127.0.0.1:${port}`] } });
  await bed.start();
  old = await OldServer.make('ca-relay');
});
afterEach(async () => {
  await bed.clear();
  await old.clear();
});

const cli = (...args: readonly string[]) => runCliHere(['--data', bed.dataFolder, ...args], ports);
const settingOf = async (key: string): Promise<string> =>
  (await cli('config', 'get', key, '--server', '2')).stdout.trim();

test('without --yes it shows what would become of each setting and changes nothing', async () => {
  const { stdout, exitCode } = await cli('import-iis', old.metabase);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^MaxMessageSize +2097152 +messages\.sizeLimit +2MB +the same$/m);
  expect(stdout).toMatch(/^LocalRetryInterval +60 +- +- +not taken over: /m);
  expect(stdout).toContain('It would listen on *:25.');
  expect(stdout).toContain('Nothing was changed.');
  expect((await cli('server', 'list')).stdout.trim().split('\n')).toHaveLength(2);
});

test('imports a stopped server with its settings, and its mail once it is started', async () => {
  const gateway = await bed.gateway();
  const listen = `127.0.0.1:${await freePort()}`;
  await writeFile(
    old.metabase,
    (await readFile(old.metabase, 'utf8')).replace('[10.20.30.40]', `127.0.0.1:${gateway.port}`),
  );
  await old.put('Queue', 'NTFS_1.EML', oldMail('from the queue'));
  await old.put('Pickup', 'report.txt', oldMail('from pickup'));
  await old.put('Queue', 'NTFS_2.EML', 'Subject: nobody\r\n\r\nx');
  const imported = await cli('import-iis', old.metabase, '--yes', '--take-over-mail', '--listen', listen);
  expect(imported).toMatchObject({ exitCode: 0, stderr: '' });
  expect(imported.stdout).toContain('Virtual server 2 (SMTP Virtual Server #1 (IIS)) was made and is stopped.');
  expect(imported.stdout).toContain('2 messages were taken over.');
  expect(imported.stdout).toMatch(/Not taken: .*NTFS_2\.EML: It has no sender/);
  expect(await settingOf('messages.sizeLimit')).toBe('2MB');
  expect(await settingOf('access.relayList')).toBe('127.0.0.1');
  expect(await settingOf('delivery.retryIntervals')).toBe('15m,30m,1h,4h');
  expect(await old.names('Queue')).toEqual(['NTFS_2.EML']);
  expect(await old.names('Queue.taken-over')).toEqual([expect.stringMatching(/ NTFS_1\.EML$/)]);

  await cli('server', 'start', '2');
  await vi.waitUntil(() => gateway.messages.length === 2, patience);
  await sendMail(Number(listen.split(':')[1]));
  await vi.waitUntil(() => gateway.messages.length === 3, patience);
  const again = await cli('import-iis', old.metabase, '--take-over-mail', '--into', '2', '--yes');
  expect(again.stdout).toContain('0 messages were taken over.');
  expect(gateway.messages).toHaveLength(3);
});

test('says in which file, for which server and what for when it cannot', async () => {
  const missing = await cli('import-iis', join(old.folder, 'none.xml'));
  expect(missing).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('none.xml could not be read: it does not exist.'),
  });
  expect((await cli('import-iis', old.metabase, '--server', '7')).stderr).toContain('has no SMTP virtual server 7');
  expect((await cli('import-iis')).stderr).toContain('Name the file MetaBase.xml');
  expect((await cli('import-iis', old.metabase, '--yes', '--listen', 'here')).stderr).toContain('"here" is no address');
  const taken = await cli('import-iis', old.metabase, '--yes', '--listen', `127.0.0.1:${port}`);
  expect(taken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already used by virtual server 1') });
});

test('names the passwords that have to be entered again, and nothing of them', async () => {
  await old.clear();
  old = await OldServer.make('everything');
  const { stdout } = await cli('import-iis', old.metabase, '--yes', '--listen', '127.0.0.1:2526', '--name', 'PKI');
  expect(stdout).toContain('Virtual server 2 (PKI) was made');
  expect(stdout).toContain('config secret set "delivery.password" --server 2');
  expect(stdout).toContain('config secret set "domain:*.example.net:password" --server 2');
  expect((await cli('domain', 'list', '--server', '2')).stdout).toContain('partner.example.org');
});

/** With the answers of Windows and this relay. */
const handlersWith = (state: 'running' | 'stopped' | 'absent' | 'denied', disk = ports.disk) =>
  createIisImportHandlers({
    ports: { ...ports, disk },
    windows: { systemRoot: 'C:\\Windows' },
    commands: new ScriptedCommands((words) => {
      if (words !== 'sc.exe queryex SMTPSVC') return undefined;
      if (state === 'absent') return { exitCode: 1060 };
      if (state === 'denied') return { exitCode: 5 };
      return { stdout: serviceText(state === 'running' ? 4 : 1) };
    }),
    relay: () => connectRelay(bed.dataFolder),
  });

const serviceText = (code: number): string =>
  [
    '',
    'DIENSTNAME: SMTPSVC',
    '        TYP                : 20  WIN32_SHARE_PROCESS  ',
    `        STATUS             : ${code}  IRGENDWIE `,
    '        WIN32_BEENDIGUNGSCODE    : 0  (0x0)',
    '        SERVICE_BEENDIGUNGSCODE  : 0  (0x0)',
    '        PRšFPUNKT          : 0x0',
    '        WARTEHINWEIS       : 0x0',
    '        PID                : 1234',
    '        FLAGS              : ',
  ].join('\r\n');

test('takes over no mail while SMTPSVC runs: both would send it', async () => {
  await old.put('Queue', 'NTFS_1.EML', oldMail('once'));
  const source = { path: old.metabase, number: 1 };
  const running = handlersWith('running');
  expect(await running['iisImport.preview'](source)).toMatchObject({
    service: 'running',
    warnings: ['serviceRuns', 'envelopes'],
  });
  const take = (handlers: typeof running) =>
    handlers['iisImport.takeOverMail']({ ...source, serverId: '1', limit: 10 });
  await expect(take(running)).rejects.toThrow(/SMTPSVC\) runs/);
  expect(await old.names('Queue')).toEqual(['NTFS_1.EML']);
  expect(await take(handlersWith('stopped'))).toMatchObject({ taken: 1 });
});

test.each([
  ['stopped', 'stopped'],
  ['absent', 'absent'],
  ['denied', 'unknown'],
] as const)('tells a service that is %s', async (state, expected) => {
  expect(await handlersWith(state)['iisImport.read']({ path: old.metabase })).toMatchObject({ service: expected });
});

test('looks for the metabase where IIS has it, and says who may read it', async () => {
  const asked: string[] = [];
  const disk = {
    ...ports.disk,
    sizeBytes: async (path: string) => {
      asked.push(path);
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    },
  };
  await expect(handlersWith('stopped', disk)['iisImport.read']({ path: '' })).rejects.toThrow(/as administrator/);
  expect(asked).toEqual(['C:\\Windows\\System32\\inetsrv\\MetaBase.xml']);
});

test('proposes another port for an address that a server here has', async () => {
  await writeFile(old.metabase, (await readFile(old.metabase, 'utf8')).replace('":25:"', `"127.0.0.1:${port}:"`));
  expect(await handlersWith('stopped')['iisImport.preview']({ path: old.metabase, number: 1 })).toMatchObject({
    bindings: [`127.0.0.1:${port}`],
    listen: ['127.0.0.1:2525'],
    conflicts: [{ endpoint: `127.0.0.1:${port}`, server: 'SMTP Virtual Server #1' }],
  });
});

test('warns of a server that lets nearly everybody relay', async () => {
  const denied = ipList({ denied: [{ mask: '255.255.255.255', addresses: ['192.0.2.9'] }] });
  const text = await readFile(old.metabase, 'utf8');
  await writeFile(old.metabase, text.replace(/RelayIpList="[0-9a-f]*"/, `RelayIpList="${denied}"`));
  const { warnings } = await handlersWith('stopped')['iisImport.preview']({ path: old.metabase, number: 1 });
  expect(warnings).toEqual(['openRelay']);
});

test('needs a server that looks into its Pickup folder', async () => {
  await cli('config', 'set', 'messages.pickup', 'off');
  const take = handlersWith('stopped')['iisImport.takeOverMail']({
    path: old.metabase,
    number: 1,
    serverId: '1',
    limit: 1,
  });
  await expect(take).rejects.toThrow(/does not look into its Pickup folder/);
});
