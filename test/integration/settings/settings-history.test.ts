/** Earlier settings: what changed when, and back to them. */
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SettingsStore } from '../../../electron/settings/types.ts';
import { newSettingsFolder, problemOf, type SettingsFolder } from './settings-folder.ts';

let folder: SettingsFolder;
beforeEach(async () => {
  folder = await newSettingsFolder();
});
afterEach(() => folder.remove());

const historyFile = (revision: number): string => join(folder.dataFolder, 'history', `settings-${revision}.json`);

/** Revision 1 has another name, 2 a smart host and port, 3 a second server, 4 is in force. */
async function storeWithPast(): Promise<SettingsStore> {
  const store = await folder.open();
  await store.save('1', 0, { 'general.name': 'CA mail' });
  await store.save('1', 1, { 'delivery.smartHosts': ['mail.example.org'], 'delivery.outboundPort': 587 });
  await store.create({ 'general.listen': ['127.0.0.1:2525'] });
  await store.remove('2');
  return store;
}

test('without a past there is only what is in force', async () => {
  expect(await (await folder.open()).history()).toEqual([{ revision: 0, replacedAtMs: null, changes: [] }]);
});

test('each revision says when it was replaced and what the next one changed', async () => {
  const store = await storeWithPast();
  await utimes(historyFile(2), 1_700_000_000, 1_700_000_000);
  const history = await store.history();
  expect(history.map(({ revision, changes }) => [revision, ...changes])).toEqual([
    [4],
    [3, 'server 2: removed'],
    [2, 'server 2: created'],
    [1, 'server 1: delivery.outboundPort, delivery.smartHosts'],
  ]);
  expect(history[0]?.replacedAtMs).toBeNull();
  expect(history[2]?.replacedAtMs).toBe(1_700_000_000_000);
});

test('what cannot be read is left out and logged', async () => {
  const store = await storeWithPast();
  await writeFile(historyFile(2), 'not JSON');
  await writeFile(join(folder.dataFolder, 'history', 'settings-x.json'), '{}');
  expect((await store.history()).map(({ revision, changes }) => [revision, ...changes])).toEqual([
    [4],
    [3, 'server 2: removed'],
    [1, 'server 1: delivery.outboundPort, delivery.smartHosts', 'server 2: created'],
  ]);
  expect(folder.log.of('file of the settings history left out')).toHaveLength(1);
});

test('a folder that cannot be listed is told', async () => {
  const store = await storeWithPast();
  folder.disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'list' });
  expect(await problemOf(store.history())).toMatchObject({
    code: 'storage',
    message: `${join(folder.dataFolder, 'history')} cannot be read, nothing was changed: access is denied (EACCES).`,
  });
});

describe('rollback', () => {
  test('puts an earlier revision in force as a new one, which can be taken back in turn', async () => {
    const store = await storeWithPast();
    const heard: string[] = [];
    store.onChange((id) => heard.push(`changed ${id}`));
    store.onServers(() => heard.push(`servers ${store.serverIds().join()}`));
    expect(await store.rollback(4, 1)).toBe(5);
    expect(store.get('1')).toMatchObject({
      revision: 5,
      values: { 'general.name': 'CA mail', 'delivery.smartHosts': [], 'delivery.outboundPort': 25 },
    });
    expect((await folder.open()).get('1')).toEqual(store.get('1'));
    expect(heard).toEqual(['changed 1']);
    expect(await store.rollback(5, 4)).toBe(6);
    expect(store.get('1').values['delivery.outboundPort']).toBe(587);
  });

  test('brings a deleted server back', async () => {
    const store = await storeWithPast();
    const heard: string[] = [];
    store.onServers(() => heard.push(store.serverIds().join()));
    await store.rollback(4, 3);
    expect(store.get('2').values['general.listen']).toEqual(['127.0.0.1:2525']);
    expect(heard).toEqual(['1,2']);
  });

  test('to what is in force, or was the same, changes nothing', async () => {
    const store = await storeWithPast();
    expect(await store.rollback(4, 4)).toBe(4);
    expect(await store.rollback(4, 2)).toBe(4);
    expect(await readdir(join(folder.dataFolder, 'history'))).toHaveLength(3);
  });

  test.each([
    [3, 1, { code: 'conflict', message: expect.stringContaining('at revision 4, this change began at 3') }],
    [4, 9, { code: 'notFound', message: 'There is no revision 9 in the history of the settings.' }],
  ])('from %i to %i is refused', async (from, to, expected) => {
    const store = await storeWithPast();
    expect(await problemOf(store.rollback(from, to))).toMatchObject(expected);
    expect(store.revision).toBe(4);
  });

  test.each([
    [{ 'delivery.retired': true }, 'delivery.retired', "unknown setting 'delivery.retired' of server 1."],
    [
      { 'delivery.outboundPort': 0 },
      'delivery.outboundPort',
      "setting 'delivery.outboundPort' of server 1: '0' is not",
    ],
  ])('to settings that no longer fit is refused with the reason: %j', async (settings, field, reason) => {
    const store = await storeWithPast();
    await writeFile(historyFile(2), JSON.stringify({ version: 1, revision: 2, servers: [{ id: '1', settings }] }));
    const before = await folder.content();
    const problem = await problemOf(store.rollback(4, 2));
    expect(problem).toMatchObject({ code: 'storage', field });
    expect(problem.message).toContain(
      `Revision 2 cannot be put in force, nothing was changed. ${historyFile(2)}: ${reason}`,
    );
    expect(await folder.content()).toBe(before);
  });

  test('to a file of a newer version is refused', async () => {
    const store = await storeWithPast();
    await writeFile(historyFile(2), JSON.stringify({ version: 2 }));
    expect((await problemOf(store.rollback(4, 2))).message).toContain(
      `${historyFile(2)} was written by a newer version of SMTP Relay Manager (format 2, this version reads format 1).`,
    );
  });

  test('does not overwrite a file edited by hand', async () => {
    const store = await storeWithPast();
    await folder.write({ 1: { 'general.name': 'by hand' } });
    expect(await problemOf(store.rollback(4, 1))).toMatchObject({ code: 'conflict' });
    expect(await folder.content()).toContain('by hand');
  });
});
