import { expect, test } from 'vitest';
import { addDomain, domainRows } from '../../../../renderer/domains/domain-rows.ts';
import { createDomainStore, type DomainOrder, isConflict } from '../../../../renderer/domains/domain-store.ts';
import type { ContractClient } from '../../../../shared/contract/client.ts';
import { createFakeRelay } from '../../../fakes/fake-relay.ts';

async function stage() {
  const { handlers } = await createFakeRelay({ rows: 0, emit: () => {}, now: () => 0 });
  const call = (async (name: keyof typeof handlers, argument: never) =>
    await handlers[name](argument)) as unknown as ContractClient['call'];
  return { call, store: createDomainStore({ call }, '1') };
}

const order = (base: DomainOrder['base'], name: string): DomainOrder => ({
  base,
  edit: addDomain('remote', name),
  onSaved: () => {},
});

test('a change of other settings does not keep a domain from being saved', async () => {
  const { call, store } = await stage();
  const base = await store.read();
  await call('settings.save', { serverId: '1', revision: base.revision, changes: { 'messages.recipientLimit': 55 } });
  const state = await store.writeUndisputed(order(base, 'example.org'));
  expect(domainRows(state.settings).map(({ name }) => name)).toEqual(['example.org']);
  expect(state.settings['messages.recipientLimit']).toBe(55);
});

test('a change of the domains does; writing anyway keeps what the other one added', async () => {
  const { store } = await stage();
  const base = await store.read();
  await store.writeUndisputed(order(base, 'theirs.example'));
  const late = order(base, 'ours.example');
  await expect(store.writeUndisputed(late)).rejects.toSatisfy(isConflict);
  const state = await store.writeAnyway(late);
  expect(domainRows(state.settings).map(({ name }) => name)).toEqual(['theirs.example', 'ours.example']);
});

test('secrets follow the settings, and null removes them', async () => {
  const { store } = await stage();
  const base = await store.read();
  const name = 'domain:example.org:password';
  const set = await store.writeUndisputed({
    ...order(base, 'example.org'),
    secrets: new Map([[name, 'secret']]),
  });
  expect(set.secrets).toEqual([name]);
  const removed = await store.writeUndisputed({
    base: set,
    edit: () => ({}),
    secrets: new Map([[name, null]]),
    onSaved: () => {},
  });
  expect(removed.secrets).toEqual([]);
  expect(removed.revision).toBe(set.revision);
});
