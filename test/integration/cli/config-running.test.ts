/** The same commands while a relay runs: changes count at once, and only the relay writes the files. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import type { Host } from '../../../electron/host/types.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { runCliHere } from '../../fakes/memory-terminal.ts';
import { newDataFolder, removeFolder, startTestHost, statusOf, writeServers } from '../../fakes/test-host.ts';

const ports = nodePorts({ log: new MemoryLog() });
let dataFolder = '';
let host: Host;

beforeEach(async () => {
  dataFolder = await newDataFolder();
  await writeServers(dataFolder, { 1: { 'general.listen': [`127.0.0.1:${await freePort()}`] } });
  host = await startTestHost({ dataFolder, overrides: { 'delivery.outboundPort': 2600 } });
});
afterEach(async () => {
  await host.stop();
  await removeFolder(dataFolder);
});

async function outWith(input: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCliHere(['--data', dataFolder, ...args], ports, false, input);
  expect([exitCode, stderr], args.join(' ')).toEqual([0, '']);
  return stdout;
}

const out = (...args: readonly string[]): Promise<string> => outWith('', ...args);
const inForce = () => host.handlers['settings.get']({ serverId: '1' });

test('a change is in force at once; one that this run overrides says so', async () => {
  expect(await out('config', 'set', 'general.name', 'CA mail')).toBe('general.name = CA mail\n');
  expect((await statusOf(host)).name).toBe('CA mail');
  expect(await out('config', 'set', 'delivery.outboundPort', '587')).toBe(
    'delivery.outboundPort = 587 (saved; this run of the relay keeps the value of its command line)\n',
  );
  expect((await inForce()).values['delivery.outboundPort']).toBe(2600);
  expect(await out('config', 'show', '--changed')).toMatch(/^delivery\.outboundPort +2600 \(for this run only\)$/m);
});

test('export, import, history and rollback', async () => {
  const file = join(dataFolder, 'export.json');
  await out('config', 'export', file);
  await out('config', 'set', 'delivery.smartHosts', 'mail.example.org');
  expect(await out('config', 'import', file, '--preview')).toContain(
    '1 setting of virtual server 1 would be changed; nothing was.',
  );
  expect((await inForce()).values['delivery.smartHosts']).toEqual(['mail.example.org']);
  await out('config', 'import', file);
  expect((await inForce()).values['delivery.smartHosts']).toEqual([]);
  const history = JSON.parse(await out('config', 'history', '--json'));
  expect(history).toMatchObject([
    { revision: 3, replacedAtMs: null, changes: [] },
    { revision: 2, changes: ['server 1: delivery.smartHosts'] },
    { revision: 1, changes: ['server 1: delivery.smartHosts'] },
  ]);
  expect(await out('config', 'rollback', '2')).toBe('The settings of revision 2 are in force as revision 4.\n');
  expect((await inForce()).values['delivery.smartHosts']).toEqual(['mail.example.org']);
});

test('an import as a further server, and its end by a rollback', async () => {
  const file = join(dataFolder, 'export.json');
  const settings = { 'general.name': 'Second', 'general.listen': [`127.0.0.1:${await freePort()}`] };
  await writeFile(file, JSON.stringify({ format: 'smtp-relay-settings', version: 1, settings }));
  await out('config', 'import', file, '--new');
  expect(await statusOf(host, '2')).toMatchObject({ name: 'Second', state: 'stopped' });
  await out('config', 'rollback', '1');
  const { servers } = await host.handlers['status.get'](null);
  expect(servers.map(({ id }) => id)).toEqual(['1']);
});

test('users, domains and secrets', async () => {
  expect(await outWith('s3cret', 'user', 'add', 'ca01')).toBe('User ca01 was added.\n');
  expect(await out('domain', 'add', 'partner.example', '--auth', 'basic')).toContain(
    'Remote domain partner.example was added.\nStill to be set: ',
  );
  await outWith('s3cret', 'config', 'secret', 'set', 'domain:partner.example:password');
  expect(await inForce()).toMatchObject({
    values: { 'access.users': ['ca01'], 'domains.remote': [{ name: 'partner.example' }] },
    secrets: ['user:ca01', 'domain:partner.example:password'],
  });
  await out('domain', 'remove', 'partner.example');
  await out('user', 'remove', 'ca01');
  expect(await inForce()).toMatchObject({ values: { 'access.users': [], 'domains.remote': [] }, secrets: [] });
  expect(await readFile(join(dataFolder, 'secrets.json'), 'utf8')).not.toContain('s3cret');
});

test('certificate show', async () => {
  expect(await out('certificate', 'show')).toBe('There is no certificate; TLS is not offered.\n');
  const missing = join(dataFolder, 'missing.pem');
  await out('certificate', 'set', missing);
  const text = await out('certificate', 'show');
  expect(text).toContain(missing);
  expect(text).toMatch(/^Problem: +\S/m);
  await out('certificate', 'remove');
  expect(JSON.parse(await out('certificate', 'show', '--json'))).toBeNull();
});
