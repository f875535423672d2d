/** Settings of one server as text, here or on another computer. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';
import { newSettingsFolder, problemOf, type SettingsFolder } from './settings-folder.ts';

let folder: SettingsFolder;
beforeEach(async () => {
  folder = await newSettingsFolder();
});
afterEach(() => folder.remove());

const chosen = {
  'general.name': 'CA mail',
  'general.state': 'paused',
  'general.listen': ['127.0.0.1:2525'],
  'general.mailroot': '/srv/mail',
  'messages.sizeLimit': null,
  'delivery.smartHosts': ['mail.example.org'],
  'domains.remote': [{ name: 'partner.example', relayAllowed: true }],
};
const exported = (settings: object, more: object = {}): string =>
  JSON.stringify({ format: 'smtp-relay-settings', version: 1, settings, ...more });

test('an export holds what differs from the defaults, and nothing of this run', async () => {
  await folder.write({ 1: chosen });
  const store = await folder.open({ 'delivery.outboundPort': 2600 });
  const content = JSON.parse(store.exportServer('1'));
  expect(content).toMatchObject({ format: 'smtp-relay-settings', version: 1, settings: chosen });
  expect(Object.keys(content)).toEqual(['format', 'version', 'settings']);
  expect(Object.keys(content.settings)).toHaveLength(Object.keys(chosen).length);
  expect(() => store.exportServer('2')).toThrow('There is no virtual server 2.');
});

test('into an existing server: all settings become those of the text, but state, listeners and home directory stay', async () => {
  await folder.write({
    1: { 'general.state': 'stopped', 'general.listenTls': ['127.0.0.1:465'], 'delivery.outboundPort': 587 },
  });
  const store = await folder.open();
  const imported = await store.importServer('1', exported(chosen), { preview: false });
  const expected = {
    ...defaultServerSettings,
    'general.name': 'CA mail',
    'general.state': 'stopped',
    'general.listenTls': ['127.0.0.1:465'],
    'messages.sizeLimit': null,
    'delivery.smartHosts': ['mail.example.org'],
  };
  expect(imported.serverId).toBe('1');
  expect(imported.snapshot).toMatchObject({ ...store.get('1'), revision: 4 });
  expect(store.get('1').values).toMatchObject({ ...expected, 'domains.remote': [chosen['domains.remote'][0]] });
  expect(store.get('1').values['delivery.outboundPort']).toBe(25);
  expect(imported.changes).toMatchObject([
    { key: 'general.name', before: 'SMTP Virtual Server #1', after: 'CA mail' },
    { key: 'messages.sizeLimit', before: 10_485_760, after: null },
    { key: 'delivery.outboundPort', before: 587, after: 25 },
    { key: 'delivery.smartHosts', before: [], after: ['mail.example.org'] },
    { key: 'domains.remote', before: [], after: chosen['domains.remote'] },
  ]);
  expect((await folder.open()).get('1')).toEqual(store.get('1'));
});

test('as a new server, stopped', async () => {
  const store = await folder.open();
  const imported = await store.importServer(null, exported(chosen), { preview: false });
  expect(imported.serverId).toBe('2');
  expect(store.get('2').values).toMatchObject({ ...chosen, 'general.state': 'stopped' });
  expect(imported.changes).toContainEqual({ key: 'general.state', before: 'started', after: 'stopped' });
});

test('its own export changes nothing', async () => {
  await folder.write({ 1: chosen });
  const store = await folder.open();
  const before = await folder.content();
  const imported = await store.importServer('1', `\u{FEFF}${store.exportServer('1')}`, { preview: false });
  expect(imported.changes).toEqual([]);
  expect(await folder.content()).toBe(before);
});

test.each(['1', null])('a preview of an import to %j says the same and changes nothing', async (serverId) => {
  await folder.write({ 1: {} });
  const store = await folder.open();
  const [before, inForce] = [await folder.content(), store.get('1')];
  const preview = await store.importServer(serverId, exported(chosen), { preview: true });
  expect(await folder.content()).toBe(before);
  expect([store.get('1'), store.serverIds()]).toEqual([inForce, ['1']]);
  expect(preview.snapshot.revision).toBe(3);
  const done = await store.importServer(serverId, exported(chosen), { preview: false });
  expect(done).toEqual({ ...preview, snapshot: { ...preview.snapshot, revision: 4 } });
});

describe('refused, and nothing is changed', () => {
  const rows: readonly [string, string, object][] = [
    ['no JSON', 'settings', { code: 'badArgument', message: expect.stringContaining('not valid JSON') }],
    [
      'JSON of something else',
      '{"version":1}',
      { code: 'badArgument', message: expect.stringContaining('"smtp-relay-settings"') },
    ],
    ['the settings file itself', '{"version":1,"revision":1,"servers":[]}', { code: 'badArgument' }],
    [
      'a newer version',
      exported({}, { version: 2 }),
      { code: 'badArgument', message: expect.stringContaining('newer version') },
    ],
    [
      'an unknown entry',
      exported({}, { secrets: {} }),
      { code: 'badArgument', message: expect.stringContaining("unknown entry 'secrets'") },
    ],
    ['an unknown setting', exported({ 'general.nam': 'x' }), { code: 'unknownSetting', field: 'general.nam' }],
    [
      'a bad value',
      exported({ 'delivery.outboundPort': 0 }),
      { code: 'invalidSetting', field: 'delivery.outboundPort' },
    ],
    [
      'the endpoints of another server',
      exported({}),
      {
        code: 'invalidSetting',
        message: expect.stringContaining("'127.0.0.1:25' is already used by virtual server 1"),
      },
    ],
  ];
  test.each(rows)('%s', async (_name, text, expected) => {
    const store = await folder.open();
    for (const preview of [true, false]) {
      expect(await problemOf(store.importServer(null, text, { preview }))).toMatchObject(expected);
    }
    expect(store.serverIds()).toEqual(['1']);
    await expect(folder.content()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('an unknown server', async () => {
    expect(await problemOf((await folder.open()).importServer('2', exported({}), { preview: false }))).toMatchObject({
      code: 'notFound',
    });
  });
});
