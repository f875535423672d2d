import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import { openSettings } from '../../../electron/settings/settings-store.ts';
import type { SettingOverrides, SettingsStore } from '../../../electron/settings/types.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import type { MemoryLog } from '../../fakes/memory-log.ts';
import { newSettingsFolder, problemOf, type SettingsFolder } from './settings-folder.ts';

let folder: SettingsFolder;
let dataFolder = '';
let settingsPath = '';
let disk: FaultyDisk;
let log: MemoryLog;

beforeEach(async () => {
  folder = await newSettingsFolder();
  ({ dataFolder, settingsPath, disk, log } = folder);
});
afterEach(() => folder.remove());

const open = (overrides: SettingOverrides = {}): Promise<SettingsStore> =>
  openSettings({ dataFolder, ports: { clock: new FakeClock(), disk, log }, overrides });

const savedFile = async (): Promise<unknown> => JSON.parse(await readFile(settingsPath, 'utf8'));

const fileWith = (settings: unknown, more: object = {}): string =>
  JSON.stringify({ version: 1, revision: 3, servers: [{ id: '1', settings }], ...more });

test('without a file there is one server with defaults, and nothing is written', async () => {
  const store = await open();
  expect(store.serverIds()).toEqual(['1']);
  expect(store.get('1')).toEqual({ revision: 0, values: defaultServerSettings, overridden: [] });
  expect(await readdir(dataFolder)).toEqual([]);
});

test('a save writes only what differs from the default, and is found again', async () => {
  const store = await open();
  const saved = await store.save('1', 0, {
    'general.listen': ['127.0.0.1:2525'],
    'delivery.outboundPort': 25,
    'messages.sizeLimit': null,
  });
  expect(saved).toMatchObject({ revision: 1, values: { 'general.listen': ['127.0.0.1:2525'] } });
  expect(await savedFile()).toEqual({
    version: 1,
    revision: 1,
    servers: [{ id: '1', settings: { 'general.listen': ['127.0.0.1:2525'], 'messages.sizeLimit': null } }],
  });
  expect((await open()).get('1')).toEqual(saved);
  expect(log.of('settings saved')).toHaveLength(1);
});

test('to switch a limit off is a change like any other', async () => {
  const store = await open();
  expect(await store.save('1', 0, { 'messages.sizeLimit': null })).toMatchObject({ revision: 1 });
  expect((await open()).get('1').values['messages.sizeLimit']).toBeNull();
  expect(await store.save('1', 1, { 'messages.sizeLimit': 10_485_760 })).toMatchObject({ revision: 2 });
  expect((await open()).get('1').values['messages.sizeLimit']).toBe(10_485_760);
});

test('a value set back to its default leaves the file', async () => {
  const store = await open();
  await store.save('1', 0, { 'delivery.outboundPort': 587 });
  await store.save('1', 1, { 'delivery.outboundPort': 25 });
  expect(await savedFile()).toMatchObject({ revision: 2, servers: [{ id: '1', settings: {} }] });
});

test('a save that changes nothing writes nothing', async () => {
  const store = await open();
  expect(await store.save('1', 0, { 'delivery.outboundPort': 25 })).toMatchObject({ revision: 0 });
  expect(await readdir(dataFolder)).toEqual([]);
});

test('a file saved by Notepad with a byte order mark is read', async () => {
  await writeFile(settingsPath, `\u{FEFF}${fileWith({ 'general.name': 'CA mail' })}`);
  expect((await open()).get('1')).toMatchObject({ revision: 3, values: { 'general.name': 'CA mail' } });
});

describe('a bad file stops the start, is named, and stays as it is', () => {
  const rows: readonly [string, string | Buffer, string, string?][] = [
    ['empty', '', 'not valid JSON'],
    ['cut off', '{ "version": 1, "revi', 'not valid JSON'],
    ['other encoding', Buffer.from(fileWith({}), 'utf16le'), 'not valid JSON'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8 text'],
    ['not an object', '[]', 'expected object'],
    ['no version', '{ "revision": 1, "servers": [] }', 'version:'],
    ['a newer version', fileWith({}, { version: 2 }), 'was written by a newer version of SMTP Relay Manager'],
    ['version 0', fileWith({}, { version: 0 }), 'version:'],
    ['a broken revision', fileWith({}, { revision: -1 }), 'revision:'],
    ['an unknown entry', fileWith({}, { serverz: 1 }), "unknown entry 'serverz'"],
    ['no server', fileWith({}, { servers: [] }), 'There must be at least one virtual server.'],
    ['a bad server id', fileWith({}, { servers: [{ id: '01', settings: {} }] }), 'servers[0].id:'],
    [
      'a server twice',
      fileWith({}, { servers: [0, 1].map(() => ({ id: '7', settings: {} })) }),
      'virtual server 7 is listed twice.',
    ],
    [
      'an unknown setting',
      fileWith({ 'general.lissten': [] }),
      "settings.json: unknown setting 'general.lissten' of server 1. Did you mean 'general.listen'?",
      'general.lissten',
    ],
    [
      'a bad value',
      fileWith({ 'delivery.expiration': 0 }),
      "settings.json: setting 'delivery.expiration' of server 1: '0s' is not a duration from 1s to 365d",
      'delivery.expiration',
    ],
    [
      'a bad entry',
      fileWith({ 'general.listen': ['25'] }),
      "setting 'general.listen' of server 1: '25' is not an address and port",
      'general.listen',
    ],
    [
      'an endpoint twice',
      fileWith({ 'general.listen': ['*:25', '*:25'] }),
      "'*:25' is in the list twice",
      'general.listen',
    ],
  ];
  test.each(rows)('%s', async (_name, content, sentence, field) => {
    await writeFile(settingsPath, content);
    const before = await readFile(settingsPath);
    const problem = await problemOf(open());
    expect(problem.code).toBe('storage');
    expect(problem.message).toContain(settingsPath);
    expect(problem.message).toContain(sentence);
    expect(problem.field).toBe(field);
    expect(await readFile(settingsPath)).toEqual(before);
    expect(await readdir(dataFolder)).toEqual(['settings.json']);
  });

  test.each([
    ['EACCES', 'cannot be read: access is denied (EACCES).'],
    ['EIO', 'cannot be read: the disk reports an error (EIO).'],
  ])('unreadable: %s', async (code, sentence) => {
    await writeFile(settingsPath, fileWith({}));
    disk.fail({ code, when: ({ operation }) => operation === 'readFile' });
    expect(await problemOf(open())).toMatchObject({ code: 'storage', message: `${settingsPath} ${sentence}` });
    expect(await readFile(settingsPath, 'utf8')).toBe(fileWith({}));
  });

  test('a folder in its place', async () => {
    await mkdir(settingsPath);
    expect(await problemOf(open())).toMatchObject({ code: 'storage', message: expect.stringContaining('(EISDIR)') });
  });
});

describe('refused saves change neither the file nor what is in force', () => {
  const rows: readonly [string, [string, number, Record<string, unknown>], object][] = [
    [
      'old revision',
      ['1', 2, { 'general.name': 'x' }],
      { code: 'conflict', message: expect.stringContaining('at revision 3, this change began at 2') },
    ],
    [
      'unknown server',
      ['2', 3, { 'general.name': 'x' }],
      { code: 'notFound', message: 'There is no virtual server 2.' },
    ],
    ['unknown setting', ['1', 3, { 'general.nam': 'x' }], { code: 'unknownSetting', field: 'general.nam' }],
    [
      'bad value',
      ['1', 3, { 'general.name': 'x', 'delivery.outboundPort': 0 }],
      { code: 'invalidSetting', field: 'delivery.outboundPort' },
    ],
    ['prototype', ['1', 3, Object.fromEntries([['__proto__', 1]])], { code: 'unknownSetting', field: '__proto__' }],
  ];
  test.each(rows)('%s', async (_name, save, expected) => {
    await writeFile(settingsPath, fileWith({ 'general.name': 'CA mail' }));
    const store = await open();
    const inForce = store.get('1');
    expect(await problemOf(store.save(...save))).toMatchObject(expected);
    expect(await readFile(settingsPath, 'utf8')).toBe(fileWith({ 'general.name': 'CA mail' }));
    expect(store.get('1')).toEqual(inForce);
  });
});

test('of two saves at the same moment one wins, the other is told', async () => {
  const store = await open();
  const [first, second] = await Promise.allSettled([
    store.save('1', 0, { 'general.name': 'first' }),
    store.save('1', 0, { 'general.name': 'second' }),
  ]);
  expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
  expect((await open()).get('1')).toMatchObject({ revision: 1, values: { 'general.name': 'first' } });
  expect(await store.save('1', 1, { 'general.name': 'third' })).toMatchObject({ revision: 2 });
});

test('a file edited by hand while the relay runs is not overwritten', async () => {
  const store = await open();
  await store.save('1', 0, { 'general.name': 'first' });
  await writeFile(settingsPath, fileWith({ 'general.name': 'by hand' }));
  expect(await problemOf(store.save('1', 1, { 'general.name': 'second' }))).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('was changed by another program'),
  });
  expect(await readFile(settingsPath, 'utf8')).toBe(fileWith({ 'general.name': 'by hand' }));
});

test('overrides are in force, marked, and never written', async () => {
  await writeFile(settingsPath, fileWith({ 'general.listen': ['127.0.0.1:25'] }));
  const store = await open({ 'general.listen': ['127.0.0.1:2525'], 'delivery.outboundPort': 2600 });
  expect(store.get('1')).toMatchObject({
    values: { 'general.listen': ['127.0.0.1:2525'], 'delivery.outboundPort': 2600 },
    overridden: ['general.listen', 'delivery.outboundPort'],
  });
  const saved = await store.save('1', 3, { 'general.name': 'x', 'general.listen': ['127.0.0.1:26'] });
  expect(saved.values['general.listen']).toEqual(['127.0.0.1:2525']);
  expect(await savedFile()).toMatchObject({
    servers: [{ id: '1', settings: { 'general.name': 'x', 'general.listen': ['127.0.0.1:26'] } }],
  });
  expect(await readFile(settingsPath, 'utf8')).not.toMatch(/2525|2600/);
  expect((await open()).get('1')).toMatchObject({ values: { 'general.listen': ['127.0.0.1:26'] }, overridden: [] });
});

test('overrides apply to the first server only: two servers cannot listen on one port', async () => {
  await writeFile(settingsPath, fileWith({}, { servers: ['2', '5'].map((id) => ({ id, settings: {} })) }));
  const store = await open({ 'general.listen': ['127.0.0.1:2525'] });
  expect(store.serverIds()).toEqual(['2', '5']);
  expect(store.get('2').overridden).toEqual(['general.listen']);
  expect(store.get('5')).toMatchObject({ overridden: [], values: { 'general.listen': ['127.0.0.1:25', '[::1]:25'] } });
});

test('a bad override stops the start', async () => {
  expect(await problemOf(open({ 'general.listen': ['nowhere'] }))).toMatchObject({
    code: 'invalidSetting',
    field: 'general.listen',
  });
});

test('who watches is told of each save of a server, and one that fails does not spoil it', async () => {
  const store = await open();
  const seen: string[] = [];
  store.onChange(() => {
    throw new Error('made by the test');
  });
  const stop = store.onChange((serverId) => seen.push(`${serverId}@${store.get(serverId).revision}`));
  await store.save('1', 0, { 'general.name': 'x' });
  stop();
  await store.save('1', 1, { 'general.name': 'y' });
  expect(seen).toEqual(['1@1']);
  expect(log.of('settings listener failed')).toHaveLength(2);
});

test('the history keeps the fifty files before this one', async () => {
  const store = await open();
  const names: string[] = [];
  for (let revision = 0; revision < 53; revision += 1) {
    names.push(`name ${revision + 1}`);
    await store.save('1', revision, { 'general.name': names[revision] });
  }
  const history = await readdir(join(dataFolder, 'history'));
  const kept = Array.from({ length: 50 }, (_, index) => `settings-${index + 3}.json`);
  expect(history.toSorted()).toEqual(kept.toSorted());
  const earlier = JSON.parse(await readFile(join(dataFolder, 'history', 'settings-52.json'), 'utf8'));
  expect(earlier).toMatchObject({ revision: 52, servers: [{ settings: { 'general.name': 'name 52' } }] });
});

describe('when the disk fails', () => {
  test.each(['createFile', 'write', 'sync', 'close', 'rename'] as const)(
    'at %s, nothing was changed',
    async (operation) => {
      const store = await open();
      await store.save('1', 0, { 'general.name': 'first' });
      const before = await readFile(settingsPath);
      const repair = disk.fail({
        code: 'ENOSPC',
        when: (step) => step.operation === operation && step.path.startsWith(settingsPath),
      });
      expect(await problemOf(store.save('1', 1, { 'general.name': 'second' }))).toMatchObject({
        code: 'storage',
        message: `${settingsPath} could not be written, nothing was changed: the disk is full (ENOSPC).`,
      });
      expect(await readFile(settingsPath)).toEqual(before);
      expect(store.get('1')).toMatchObject({ revision: 1, values: { 'general.name': 'first' } });
      expect(await readdir(dataFolder)).toEqual(['history', 'settings.json']);
      repair();
      expect(await store.save('1', 1, { 'general.name': 'third' })).toMatchObject({ revision: 2 });
    },
  );

  test('at the flush of the folder, what is in force is what is in the file', async () => {
    const store = await open();
    const repair = disk.fail({ code: 'EIO', when: ({ operation }) => operation === 'syncFolder' });
    const problem = await problemOf(store.save('1', 0, { 'general.name': 'first' }));
    expect(problem.message).toContain('was written, but may be lost if the power fails');
    repair();
    expect(store.get('1')).toMatchObject({ revision: 1, values: { 'general.name': 'first' } });
    expect(await store.save('1', 1, { 'general.name': 'second' })).toMatchObject({ revision: 2 });
  });

  test('at clearing up the history, the save still counts', async () => {
    const store = await open();
    await store.save('1', 0, { 'general.name': 'first' });
    disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'list' });
    expect(await store.save('1', 1, { 'general.name': 'second' })).toMatchObject({ revision: 2 });
    expect(log.of('settings history not pruned')).toHaveLength(1);
  });
});

test('a crash at any step of a save leaves the old settings or the new, whole', async () => {
  let crashes = 0;
  for (let change = 1; ; change += 1) {
    await rm(dataFolder, { recursive: true, force: true });
    await mkdir(dataFolder);
    await (await open()).save('1', 0, { 'general.name': 'old' });
    disk.crashAt(change);
    const acknowledged = await (await open()).save('1', 1, { 'general.name': 'new' }).then(
      () => true,
      () => false,
    );
    const crashed = disk.crashed;
    disk = new FaultyDisk(nodePorts({ log }).disk);
    const found = (await open()).get('1');
    expect(acknowledged ? ['new'] : ['old', 'new'], `crash at change ${change}`).toContain(
      found.values['general.name'],
    );
    // The leftovers of the crash are in nobody's way.
    expect(await (await open()).save('1', found.revision, { 'general.name': 'after' })).toMatchObject({
      revision: found.revision + 1,
    });
    if (!crashed) break;
    crashes += 1;
  }
  expect(crashes).toBeGreaterThan(8);
});
