import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../../electron/host/types.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { statusOf, writeServers } from '../../fakes/test-host.ts';
import { patience, queueOf, RelayBed, sendMail } from './relay-bed.ts';

const [one, two] = [{ serverId: '1' }, { serverId: '2' }];
let bed: RelayBed;
let firstPort: number;
let secondPort: number;

beforeEach(async () => {
  bed = await RelayBed.make();
  [firstPort, secondPort] = [await freePort(), await freePort()];
});
afterEach(() => bed.clear());

/** Nobody listens on these ports: what is sent there waits. */
const nowhere = async (): Promise<string[]> => [`127.0.0.1:${await freePort()}`];
const listen = (port: number): string[] => [`127.0.0.1:${port}`];

async function startTwo(): Promise<Host> {
  await writeServers(bed.dataFolder, {
    1: { 'general.name': 'First', 'general.listen': listen(firstPort), 'delivery.smartHosts': await nowhere() },
    2: { 'general.name': 'Second', 'general.listen': listen(secondPort), 'delivery.smartHosts': await nowhere() },
  });
  return await bed.start();
}

const refused = (port: number) => expect(SmtpDialogue.connect(port)).rejects.toThrow('ECONNREFUSED');

describe('two virtual servers', () => {
  test('have their own endpoints, queues, folders, routes and totals', async () => {
    const [firstGateway, secondGateway] = [await bed.gateway(), await bed.gateway()];
    await writeServers(bed.dataFolder, {
      1: { 'general.listen': listen(firstPort), 'delivery.smartHosts': listen(firstGateway.port) },
      2: {
        'general.listen': listen(secondPort),
        'delivery.smartHosts': listen(secondGateway.port),
        'messages.sizeLimit': 1_024,
      },
    });
    const host = await bed.start();
    await sendMail(firstPort, { content: `Subject: one\r\n\r\n${'x\r\n'.repeat(1_000)}` });
    await sendMail(secondPort, { content: 'Subject: two\r\n\r\n' });
    await vi.waitUntil(() => firstGateway.messages.length === 1 && secondGateway.messages.length === 1, patience);
    expect(firstGateway.messages[0]?.bytes.toString()).toContain('Subject: one');
    expect(secondGateway.messages[0]?.bytes.toString()).toContain('Subject: two');
    // The size limit of the second one is its own.
    const client = await SmtpDialogue.connect(secondPort);
    await client.expect('220');
    await client.send('EHLO CA01', '250');
    await client.send('MAIL FROM:<ca@example.org> SIZE=2000', '552');
    client.close();
    await vi.waitUntil(async () => (await statusOf(host, '2')).totals.delivered === 1, patience);
    expect(await statusOf(host, '1')).toMatchObject({
      mailroot: join(bed.dataFolder, 'mailroot', '1'),
      totals: { accepted: 1 },
    });
    expect((await readdir(join(bed.dataFolder, 'mailroot'))).sort()).toEqual(['1', '2']);
  });

  test('have their own states, which outlive a restart; one that is stopped keeps its mail', async () => {
    const host = await startTwo();
    const [first, second] = [await sendMail(firstPort), await sendMail(secondPort)];
    expect(await host.handlers['server.stop'](two)).toMatchObject({ id: '2', state: 'stopped' });
    await refused(secondPort);
    await sendMail(firstPort);
    await host.stop();

    const again = await bed.start();
    await vi.waitUntil(async () => (await queueOf(again, '1')).length === 2, patience);
    expect((await queueOf(again, '1')).map(({ id }) => id)).toContain(first);
    await vi.waitUntil(async () => (await queueOf(again, '2')).length === 1, patience);
    expect(await statusOf(again, '2')).toMatchObject({ state: 'stopped', name: 'Second' });
    expect((await queueOf(again, '2'))[0]?.id).toBe(second);
    await refused(secondPort);
    await sendMail(firstPort);
    expect(await again.handlers['server.start'](two)).toMatchObject({ state: 'started' });
    await sendMail(secondPort);
  });

  test('paused: the one refuses with 421 and delivers, the other takes mail in', async () => {
    const host = await startTwo();
    await sendMail(secondPort);
    const gateway = await bed.gateway();
    await host.handlers['server.pause'](two);
    const late = await SmtpDialogue.connect(secondPort);
    await late.expect('421');
    late.close();
    await sendMail(firstPort);
    const { revision } = await host.handlers['settings.get'](two);
    await host.handlers['settings.save']({
      ...two,
      revision,
      changes: { 'delivery.smartHosts': listen(gateway.port) },
    });
    await vi.waitUntil(() => gateway.messages.length === 1, patience);
  });

  test('whoever edits one is not in conflict with a change of the other', async () => {
    const host = await startTwo();
    const { revision } = await host.handlers['settings.get'](one);
    const save = (about: typeof one, from: number) =>
      host.handlers['settings.save']({ ...about, revision: from, changes: { 'delivery.hopLimit': 20 + from } });
    await host.handlers['server.stop'](two);
    const saved = await save(one, revision);
    expect(saved).toMatchObject({ revision: revision + 2, values: { 'delivery.hopLimit': 20 + revision } });
    await expect(save(one, revision)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    await expect(save(two, revision)).rejects.toMatchObject({ problem: { code: 'conflict' } });
  });
});

describe('a further server', () => {
  test('starts at once, with an event, and is there after a restart', async () => {
    const host = await startTwo();
    const told: string[] = [];
    host.on('servers.changed', ({ serverId }) => told.push(serverId));
    const [port, mailroot] = [await freePort(), join(bed.dataFolder, 'elsewhere')];
    const status = await host.handlers['server.create']({
      name: 'Third',
      listen: listen(port),
      mailroot,
      defaultDomain: 'ca.example.org',
    });
    expect(status).toMatchObject({
      id: '3',
      name: 'Third',
      state: 'started',
      mailroot,
      listeners: [{ boundTo: `127.0.0.1:${port}`, problem: null }],
    });
    await vi.waitUntil(() => told.includes('3'), patience);
    await sendMail(port, { to: ['operations@ca.example.org'] });
    const dropped = () => readdir(join(mailroot, 'Drop')).catch(() => []);
    await vi.waitUntil(async () => (await dropped()).length === 1, patience);
    await host.stop();
    const again = await bed.start();
    expect((await again.handlers['status.get'](null)).servers.map(({ id }) => id)).toEqual(['1', '2', '3']);
    await sendMail(port, { to: ['operations@ca.example.org'] });
  });

  test('with an endpoint that another one has is refused, naming that one; nothing is made', async () => {
    const host = await startTwo();
    await expect(
      host.handlers['server.create']({ name: 'Third', listen: listen(secondPort), mailroot: '' }),
    ).rejects.toMatchObject({
      problem: { code: 'invalidSetting', field: 'general.listen', message: expect.stringContaining('Second') },
    });
    expect((await host.handlers['status.get'](null)).servers).toHaveLength(2);
  });

  test('whose folder cannot be made is refused and not kept', async () => {
    const host = await startTwo();
    await writeFile(join(bed.dataFolder, 'file'), '');
    const mailroot = join(bed.dataFolder, 'file', 'mail');
    const listenOn = listen(await freePort());
    await expect(host.handlers['server.create']({ name: 'Third', listen: listenOn, mailroot })).rejects.toMatchObject({
      problem: { code: 'storage', message: expect.stringContaining(mailroot) },
    });
    expect((await host.handlers['status.get'](null)).servers).toHaveLength(2);
  });
});

describe('deleting', () => {
  test('takes a stopped server away with its secrets; its mail stays', async () => {
    const host = await startTwo();
    const id = await sendMail(secondPort);
    await host.handlers['secret.set']({ ...two, name: 'delivery.password', value: 'geheim' });
    await expect(host.handlers['server.delete'](two)).rejects.toMatchObject({
      problem: { code: 'notPossible', message: expect.stringContaining('not stopped') },
    });
    await host.handlers['server.stop'](two);
    const told: string[] = [];
    host.on('servers.changed', ({ serverId }) => told.push(serverId));
    await host.handlers['server.delete'](two);
    await vi.waitUntil(() => told.includes('2'), patience);
    expect((await host.handlers['status.get'](null)).servers.map((server) => server.id)).toEqual(['1']);
    for (const call of ['session.list', 'settings.get', 'server.start'] as const) {
      await expect(host.handlers[call](two)).rejects.toMatchObject({ problem: { code: 'notFound' } });
    }
    expect(await readdir(join(bed.dataFolder, 'mailroot', '2', 'Queue'))).toContain(`${id}.eml`);
    expect(await readFile(join(bed.dataFolder, 'secrets.json'), 'utf8')).not.toContain('geheim');
    await sendMail(firstPort);
  });

  test('the last one cannot be deleted', async () => {
    await writeServers(bed.dataFolder, { 1: { 'general.listen': listen(firstPort), 'general.state': 'stopped' } });
    const host = await bed.start();
    await expect(host.handlers['server.delete'](one)).rejects.toMatchObject({ problem: { code: 'notPossible' } });
    expect(await host.handlers['server.start'](one)).toMatchObject({ state: 'started' });
  });
});

describe('a server whose folder cannot be used', () => {
  test('keeps no other one from serving, is shown with the reason, and comes up once the folder is there', async () => {
    const mailroot = join(bed.dataFolder, 'file', 'mail');
    await writeFile(join(bed.dataFolder, 'file'), '');
    await writeServers(bed.dataFolder, {
      1: { 'general.listen': listen(firstPort), 'general.mailroot': mailroot },
      2: { 'general.listen': listen(secondPort), 'delivery.smartHosts': await nowhere() },
    });
    const host = await bed.start();
    await sendMail(secondPort);
    const { warnings } = await host.handlers['status.get'](null);
    expect(await statusOf(host, '1')).toMatchObject({
      state: 'started',
      mailroot,
      listeners: [{ boundTo: null, problem: { code: 'storage', message: expect.stringContaining(mailroot) } }],
    });
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'listenerNotBound', serverId: '1' }));
    for (const call of ['session.list', 'server.start', 'destination.list'] as const) {
      await expect(host.handlers[call](one)).rejects.toMatchObject({ problem: { code: 'storage' } });
    }

    const { revision } = await host.handlers['settings.get'](one);
    const changes = { 'general.mailroot': '' };
    await host.handlers['settings.save']({ ...one, revision, changes });
    await sendMail(firstPort);
    expect(await statusOf(host, '1')).toMatchObject({ listeners: [{ problem: null }] });
  });

  test('because another one has it open is refused until the relay starts again', async () => {
    const host = await startTwo();
    const mailroot = join(bed.dataFolder, 'mailroot', '1');
    const { revision } = await host.handlers['settings.get'](one);
    const changes = { 'general.mailroot': join(bed.dataFolder, 'elsewhere') };
    await host.handlers['settings.save']({ ...one, revision, changes });
    const third = { name: 'Third', listen: listen(await freePort()), mailroot };
    await expect(host.handlers['server.create'](third)).rejects.toMatchObject({
      problem: { code: 'notPossible', message: expect.stringContaining('virtual server 1') },
    });
    await host.stop();
    const again = await bed.start();
    expect(await again.handlers['server.create'](third)).toMatchObject({ name: 'Third', mailroot });
  });

  test('because the settings file gives it to two is left closed', async () => {
    const mailroot = join(bed.dataFolder, 'mail');
    await writeServers(bed.dataFolder, {
      1: { 'general.listen': listen(firstPort), 'general.mailroot': mailroot },
      2: { 'general.listen': listen(secondPort), 'general.mailroot': `${mailroot}/` },
    });
    const host = await bed.start();
    await sendMail(firstPort);
    await refused(secondPort);
    expect((await statusOf(host, '2')).listeners).toMatchObject([{ problem: { code: 'notPossible' } }]);
  });

  test('can be stopped and deleted', async () => {
    await writeFile(join(bed.dataFolder, 'file'), '');
    await writeServers(bed.dataFolder, {
      1: { 'general.listen': listen(firstPort), 'general.mailroot': join(bed.dataFolder, 'file', 'mail') },
      2: { 'general.listen': listen(secondPort) },
    });
    const host = await bed.start();
    expect(await host.handlers['server.stop'](one)).toMatchObject({ id: '1', state: 'stopped' });
    await host.handlers['server.delete'](one);
    expect((await host.handlers['status.get'](null)).servers.map(({ id }) => id)).toEqual(['2']);
  });
});

describe('settings of several servers', () => {
  test('an export becomes a new, stopped server; the secrets it needs are named, and none is in the text', async () => {
    const host = await startTwo();
    const { revision } = await host.handlers['settings.get'](one);
    const login = { 'delivery.authentication': 'basic', 'delivery.userName': 'relay' };
    await host.handlers['settings.save']({ ...one, revision, changes: login });
    await host.handlers['secret.set']({ ...one, name: 'delivery.password', value: 'geheim' });
    const { text } = await host.handlers['settings.export'](one);
    expect(text).not.toContain('geheim');

    const other = text.replaceAll(String(firstPort), String(await freePort()));
    const preview = await host.handlers['settings.import']({ serverId: null, text: other, preview: true });
    expect(preview).toMatchObject({ serverId: '3', missingSecrets: ['delivery.password'] });
    expect((await host.handlers['status.get'](null)).servers).toHaveLength(2);

    await host.handlers['settings.import']({ serverId: null, text: other, preview: false });
    expect(await statusOf(host, '3')).toMatchObject({ state: 'stopped', name: 'First' });
    expect(await host.handlers['server.start']({ serverId: '3' })).toMatchObject({ listeners: [{ problem: null }] });
  });

  test('an earlier revision brings a deleted server back and lets a later one go', async () => {
    const host = await startTwo();
    const before = (await host.handlers['settings.get'](one)).revision;
    await host.handlers['server.stop'](two);
    await host.handlers['server.delete'](two);
    const third = await host.handlers['server.create']({
      name: 'Third',
      listen: listen(await freePort()),
      mailroot: '',
    });
    expect(third.id).toBe('3');
    const now = (await host.handlers['settings.get'](one)).revision;
    const history = await host.handlers['settings.history'](null);
    expect(history[0]).toMatchObject({ revision: now, replacedAtMs: null });

    expect(await host.handlers['settings.rollback']({ revision: now, toRevision: before })).toEqual({
      revision: now + 1,
    });
    const { servers } = await host.handlers['status.get'](null);
    expect(servers.map(({ id, state }) => [id, state])).toEqual([
      ['1', 'started'],
      ['2', 'started'],
    ]);
    await sendMail(secondPort);
  });

  test('a second console is told of a change, and that its own revision is old', async () => {
    const host = await startTwo();
    const told: unknown[] = [];
    host.on('settings.changed', (event) => told.push(event));
    const { revision } = await host.handlers['settings.get'](two);
    const changes = { 'general.name': 'Renamed' };
    await host.handlers['settings.save']({ ...two, revision, changes });
    await vi.waitUntil(() => told.length > 0, patience);
    expect(told).toEqual([{ serverId: '2', revision: revision + 1 }]);
    expect(await statusOf(host, '2')).toMatchObject({ name: 'Renamed' });
  });
});
