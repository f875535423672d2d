import { expect, test } from 'vitest';
import { createRevisionGuard } from '../../../electron/host/revision-guard.ts';
import { changeSetting } from '../../../electron/host/settings-change.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { defaultServerSettings, type SettingKey } from '../../../shared/settings/server-settings.ts';

/** @param conflicts  How many saves somebody else is quicker than. */
function storeWith({ conflicts = 0, overridden = [] as SettingKey[] } = {}) {
  let frozen: string[] = [];
  let revision = 1;
  let left = conflicts;
  const saved: unknown[] = [];
  return {
    saved,
    get: () => ({ revision, values: { ...defaultServerSettings, 'delivery.frozen': frozen }, overridden }),
    save: async (_id: string, from: number, changes: Readonly<Partial<Record<string, unknown>>>) => {
      if (left > 0) {
        left -= 1;
        revision += 1;
        frozen = [...frozen, `other ${revision}`];
      }
      if (from !== revision) throw problem('conflict', 'Too late.');
      saved.push(changes);
      revision += 1;
      return { revision, values: defaultServerSettings, overridden };
    },
  };
}

test('a change is made on top of what somebody else saved meanwhile', async () => {
  const store = storeWith({ conflicts: 2 });
  await changeSetting(store, '1', 'delivery.frozen', (names) => [...names, 'mine']);
  expect(store.saved).toEqual([{ 'delivery.frozen': ['other 2', 'other 3', 'mine'] }]);
});

test('somebody who saves all the time ends in a refusal, not in a loop', async () => {
  const store = storeWith({ conflicts: 3 });
  await expect(changeSetting(store, '1', 'delivery.frozen', (names) => names)).rejects.toMatchObject({
    problem: { code: 'conflict' },
  });
});

test('a setting given on the command line is not changed, because nothing would come of it', async () => {
  const store = storeWith({ overridden: ['delivery.frozen'] });
  await expect(changeSetting(store, '1', 'delivery.frozen', (names) => names)).rejects.toMatchObject({
    problem: { code: 'notPossible' },
  });
  expect(store.saved).toEqual([]);
});

test('a change of another server is no conflict, one of the same server is', () => {
  let revision = 4;
  let tell: (serverId: string) => void = () => undefined;
  const guard = createRevisionGuard({
    get revision() {
      return revision;
    },
    onChange: (listener) => {
      tell = listener;
      return () => undefined;
    },
  });
  expect(guard.isUnchangedSince('1', 4)).toBe(true);
  expect(guard.isUnchangedSince('1', 3)).toBe(false); // of an earlier run: nobody knows what it changed
  expect(guard.isUnchangedSince('1', 5)).toBe(false);
  revision = 5;
  tell('2');
  expect(guard.isUnchangedSince('1', 4)).toBe(true);
  expect(guard.isUnchangedSince('2', 4)).toBe(false);
  expect(guard.isUnchangedSince('2', 5)).toBe(true);
});
