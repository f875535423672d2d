/** Virtual servers come and go, and never share an endpoint or a home directory. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { newSettingsFolder, problemOf, type SettingsFolder } from './settings-folder.ts';

let folder: SettingsFolder;
beforeEach(async () => {
  folder = await newSettingsFolder();
});
afterEach(() => folder.remove());

const second = { 'general.name': 'Second', 'general.listen': ['127.0.0.1:2525'] };

describe('create', () => {
  test('a further server has the default settings and those given, and is found again', async () => {
    const store = await folder.open();
    expect(await store.create(second)).toBe('2');
    expect(store.serverIds()).toEqual(['1', '2']);
    expect(store.revision).toBe(1);
    expect(store.get('2')).toEqual({ revision: 1, values: { ...defaultServerSettings, ...second }, overridden: [] });
    expect((await folder.open()).get('2')).toEqual(store.get('2'));
    expect(JSON.parse(await folder.content())).toMatchObject({ servers: [{ id: '1' }, { id: '2', settings: second }] });
  });

  test.each([
    ['a server of the file', async () => folder.write({ 1: {}, 7: second }), '8'],
    [
      'a folder with mail',
      async () => void (await mkdir(join(folder.dataFolder, 'mailroot', '4'), { recursive: true })),
      '5',
    ],
  ])('never takes the number of %s or a lower one', async (_name, prepare, expected) => {
    await prepare();
    expect(await (await folder.open()).create({ 'general.listen': ['127.0.0.1:2600'] })).toBe(expected);
  });

  test('never takes the number of a server that was deleted', async () => {
    const store = await folder.open();
    await store.create(second);
    await store.remove('2');
    expect(await (await folder.open()).create(second)).toBe('3');
  });

  test('with the highest number in use it takes the lowest free one', async () => {
    await folder.write({ 1: {}, 9999: second });
    expect(await (await folder.open()).create({ 'general.listen': ['127.0.0.1:2600'] })).toBe('2');
  });

  test('of two at the same moment each gets a number of its own', async () => {
    const store = await folder.open();
    const ids = await Promise.all(
      [2525, 2526].map((port) => store.create({ 'general.listen': [`127.0.0.1:${port}`] })),
    );
    expect(ids).toEqual(['2', '3']);
  });

  test.each([
    [{ 'general.listen': ['nowhere'] }, 'invalidSetting', 'general.listen'],
    [{ 'general.lissten': [] }, 'unknownSetting', 'general.lissten'],
    [{}, 'invalidSetting', 'general.listen'],
  ])('%j is refused, and nothing is written', async (values, code, field) => {
    const store = await folder.open();
    expect(await problemOf(store.create(values as Partial<ServerSettings>))).toMatchObject({ code, field });
    expect(store.serverIds()).toEqual(['1']);
    await expect(folder.content()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a disk that is full is told, and there is no further server', async () => {
    const store = await folder.open();
    folder.disk.fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'sync' });
    expect(await problemOf(store.create(second))).toMatchObject({ code: 'storage' });
    expect(store.serverIds()).toEqual(['1']);
  });
});

describe('remove', () => {
  test('takes a server out of the file; the others stay', async () => {
    await folder.write({ 1: {}, 2: second });
    const store = await folder.open();
    await store.remove('1');
    expect(store.serverIds()).toEqual(['2']);
    expect((await folder.open()).serverIds()).toEqual(['2']);
    expect(await problemOf(store.remove('1'))).toMatchObject({ code: 'notFound' });
    expect(() => store.get('1')).toThrow('There is no virtual server 1.');
  });

  test('the last one cannot be deleted', async () => {
    const store = await folder.open();
    expect(await problemOf(store.remove('1'))).toMatchObject({
      code: 'notPossible',
      message: 'Virtual server 1 is the only one; the last one cannot be deleted.',
    });
  });

  test('options of this run do not pass to another server', async () => {
    await folder.write({ 1: {}, 2: second });
    const store = await folder.open({ 'general.listen': ['127.0.0.1:2600'] });
    await store.remove('1');
    expect(store.get('2')).toMatchObject({ overridden: [], values: second });
  });
});

describe('two servers never have the same endpoint', () => {
  const taken = 'is already used by virtual server 1 (CA mail).';

  beforeEach(() =>
    folder.write({
      1: { 'general.name': 'CA mail', 'general.listen': ['127.0.0.1:25', '[::1]:25'], 'general.listenTls': ['*:465'] },
      2: second,
    }),
  );

  test.each([
    [{ 'general.listen': ['127.0.0.1:26', '127.0.0.1:25'] }, `general.listen: '127.0.0.1:25' ${taken}`],
    [{ 'general.listen': ['*:465'] }, `general.listen: '*:465' ${taken}`],
    [{ 'general.listenTls': ['[::1]:25'] }, `general.listenTls: '[::1]:25' ${taken}`],
    [{ 'general.listen': ['[0:0:0:0:0:0:0:1]:25'] }, `general.listen: '[0:0:0:0:0:0:0:1]:25' ${taken}`],
  ])('%j', async (changes, message) => {
    const store = await folder.open();
    const before = await folder.content();
    expect(await problemOf(store.save('2', 3, changes))).toEqual({
      code: 'invalidSetting',
      field: Object.keys(changes)[0],
      message,
    });
    expect(await problemOf(store.create(changes))).toMatchObject({ code: 'invalidSetting' });
    expect(await folder.content()).toBe(before);
  });

  test('the same port of another address is another endpoint, as in IIS', async () => {
    const store = await folder.open();
    await store.save('2', 3, { 'general.listen': ['*:25', '127.0.0.2:25'], 'general.listenTls': ['127.0.0.1:465'] });
    expect(store.revision).toBe(4);
  });

  test('neither with and without TLS in one server', async () => {
    const store = await folder.open();
    expect(await problemOf(store.save('2', 3, { 'general.listenTls': ['127.0.0.1:2525'] }))).toMatchObject({
      code: 'invalidSetting',
      field: 'general.listenTls',
      message: expect.stringContaining(
        "'127.0.0.1:2525' is in the list of this server with TLS and in the one without.",
      ),
    });
  });

  test('a conflict in a file edited by hand keeps nothing else from being changed', async () => {
    await folder.write({ 1: {}, 2: {} });
    const store = await folder.open();
    expect(await store.save('2', 3, { 'general.name': 'Second' })).toMatchObject({ revision: 4 });
    expect(await store.save('2', 4, { 'general.listen': ['127.0.0.1:26'] })).toMatchObject({ revision: 5 });
  });
});

describe('two servers never have the same home directory', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['/srv/mail', '/srv/mail/'],
    ['D:\\Mail', 'd:/mail'],
    ['D:\\Mail', 'D:\\\\x\\..\\Mail\\'],
    ['/srv/mail', '/srv//x/../mail'],
  ];
  test.each(rows)('%s and %s', async (first, other) => {
    await folder.write({ 1: { 'general.mailroot': first }, 2: second });
    const store = await folder.open();
    expect(await problemOf(store.save('2', 3, { 'general.mailroot': other }))).toMatchObject({
      code: 'invalidSetting',
      field: 'general.mailroot',
      message: expect.stringContaining('is already the home directory of virtual server 1 (SMTP Virtual Server #1).'),
    });
  });

  test('nor the usual one of another server', async () => {
    await folder.write({ 1: {}, 2: second });
    const store = await folder.open();
    const usual = join(folder.dataFolder, 'mailroot', '1');
    expect(await problemOf(store.save('2', 3, { 'general.mailroot': usual }))).toMatchObject({
      code: 'invalidSetting',
    });
    await store.save('1', 3, { 'general.mailroot': '/srv/first' });
    expect(await store.save('2', 4, { 'general.mailroot': usual })).toMatchObject({ revision: 5 });
  });
});

test('who watches hears of servers that come and go, and of changes to one of them', async () => {
  const store = await folder.open();
  const heard: string[] = [];
  store.onChange((id) => heard.push(`changed ${id}`));
  const stop = store.onServers(() => heard.push(store.serverIds().join()));
  await store.create(second);
  await store.save('2', 1, { 'general.name': 'x' });
  await store.remove('2');
  stop();
  await store.create(second);
  expect(heard).toEqual(['1,2', 'changed 2', '1']);
});

describe('messages.pickupFolder', () => {
  const pickup = '/srv/mail/pickup';

  test('is never the Pickup folder of another server: each file would be sent twice', async () => {
    const store = await folder.open();
    await store.create(second);
    await store.save('1', store.revision, { 'messages.pickupFolder': pickup });
    expect(await problemOf(store.save('2', store.revision, { 'messages.pickupFolder': `${pickup}/` }))).toMatchObject({
      code: 'invalidSetting',
      field: 'messages.pickupFolder',
      message: expect.stringContaining('the Pickup folder of virtual server 1 (SMTP Virtual Server #1)'),
    });
  });

  test.each(['messages.badmailFolder', 'domains.dropFolder'] as const)(
    'is never %s: what is put there would be sent again',
    async (key) => {
      const store = await folder.open();
      await store.save('1', store.revision, { [key]: pickup });
      expect(await problemOf(store.save('1', store.revision, { 'messages.pickupFolder': pickup }))).toMatchObject({
        code: 'invalidSetting',
        message: expect.stringContaining('a mail folder of this server'),
      });
      await store.save('1', store.revision, { [key]: '', 'messages.pickupFolder': pickup });
      expect(await problemOf(store.save('1', store.revision, { [key]: pickup }))).toMatchObject({ field: key });
    },
  );

  test('is never the queue of a server', async () => {
    const store = await folder.open();
    const queue = join(folder.dataFolder, 'mailroot', '1', 'Queue');
    expect(await problemOf(store.save('1', store.revision, { 'messages.pickupFolder': queue }))).toMatchObject({
      code: 'invalidSetting',
    });
  });
});

test('general.listen of another server counts as it is in this run, and as it is saved', async () => {
  const store = await folder.open({ 'general.listen': ['127.0.0.1:2599'] });
  for (const endpoint of ['127.0.0.1:2599', '127.0.0.1:25']) {
    expect(await problemOf(store.create({ 'general.listen': [endpoint] }))).toMatchObject({
      code: 'invalidSetting',
      message: expect.stringContaining('already used by virtual server 1'),
    });
  }
  expect(await store.create({ 'general.listen': ['127.0.0.1:2600'] })).toBe('2');
});
