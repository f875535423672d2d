/** The relay in memory that the console is looked at with: it must answer as the contract says. */
import { describe, expect, test } from 'vitest';
import { type ArgumentOf, type CallName, calls } from '../../../shared/contract/calls.ts';
import { createFakeRelay } from '../../fakes/fake-relay.ts';

const serverId = '1';
const relayOf = (rows = 8) => createFakeRelay({ rows, troubled: true, now: () => 1_900_000_000_000, emit: () => {} });

async function idsOf({ handlers }: Awaited<ReturnType<typeof relayOf>>, count: number): Promise<string[]> {
  const { rows } = await handlers['queue.list']({
    serverId,
    filter: {},
    sort: { by: 'id', descending: false },
    offset: 0,
    limit: count,
  });
  return rows.map(({ id }) => id);
}

const [id = ''] = await idsOf(await relayOf(), 1);
const name = '01KAT5Q2VFM8ZT4E000000BAD0';
const page = { serverId, offset: 0, limit: 10 };
const piece = { serverId, offsetBytes: 0, limitBytes: 100 };
const target = { ids: [id] };
const rules = { clientAddress: '192.0.2.10', mode: 'onlyListed', list: ['*.example.org'] } as const;
const exported = (await (await relayOf()).handlers['settings.export']({ serverId })).text;

const argumentsOfCalls: { readonly [Name in CallName]: ArgumentOf<Name> } = {
  'status.get': null,
  'load.history': { serverId },
  'server.start': { serverId },
  'server.stop': { serverId },
  'server.pause': { serverId },
  'server.create': { name: 'Second', listen: ['127.0.0.1:2525'] },
  'server.delete': { serverId: '2' },
  'settings.get': { serverId },
  'settings.save': { serverId, revision: 1, changes: { 'general.name': 'Other' } },
  'settings.export': { serverId },
  'settings.import': { serverId, text: exported, preview: true },
  'settings.history': null,
  'settings.rollback': { revision: 2, toRevision: 1 },
  'secret.set': { serverId, name: 'delivery.password', value: 'x' },
  'relay.check': { ...rules, list: [...rules.list], serverId, recipient: 'anna@example.org' },
  'connection.check': { ...rules, list: [...rules.list] },
  'name.check': { name: 'ca01.example.org' },
  'network.addresses': null,
  'queue.list': { ...page, filter: {}, sort: { by: 'subject', descending: true } },
  'queue.show': { serverId, id },
  'queue.source': { ...piece, id },
  'queue.retry': { serverId, target },
  'queue.hold': { serverId, target },
  'queue.release': { serverId, target },
  'queue.delete': { serverId, target, report: false },
  'queue.setRoute': { serverId, target, smartHosts: ['other.example.org'] },
  'destination.list': { serverId },
  'destination.retry': { serverId, nextHop: 'example.net' },
  'destination.freeze': { serverId, nextHop: 'example.net', frozen: true },
  'route.explain': { serverId, address: 'anna@example.org' },
  'gateway.check': { serverId, recipient: 'anna@example.org' },
  'trash.list': page,
  'trash.restore': { serverId, target: { all: true } },
  'badmail.list': page,
  'badmail.show': { serverId, name },
  'badmail.source': { ...piece, name },
  'badmail.resubmit': { serverId, names: [name] },
  'badmail.delete': { serverId, names: [name] },
  'session.list': { serverId },
  'session.terminate': { serverId, ids: null },
  'log.tail': { serverId, after: 0, limit: 10 },
  'mail.sendTest': { serverId, to: 'anna@example.org' },
  'mail.follow': { serverId, id },
};

/** What must have been done before, for an answer that is no refusal. */
const before: { readonly [Name in CallName]?: readonly CallName[] } = {
  'server.delete': ['server.create', 'server.stop'],
  'settings.rollback': ['settings.save'],
};

describe('every call has an answer of the shape the contract names', () => {
  test.each(Object.keys(calls) as CallName[])('%s', async (call) => {
    const { handlers } = await relayOf();
    const run = async (one: CallName, argument: unknown = argumentsOfCalls[one]): Promise<unknown> => {
      const parsed = calls[one].argument.parse(argument);
      return calls[one].answer.parse(await handlers[one](parsed as never));
    };
    for (const earlier of before[call] ?? []) {
      await run(earlier, earlier === 'server.stop' ? { serverId: '2' } : undefined);
    }
    await expect(run(call)).resolves.toBeDefined();
  });
});

test('what is deleted can be taken back', async () => {
  const relay = await relayOf();
  const { handlers } = relay;
  const all = await idsOf(relay, 10);
  expect(await handlers['queue.delete']({ serverId, target: { filter: {} }, report: false })).toEqual({
    changed: 8,
    skipped: [],
  });
  expect(await idsOf(relay, 10)).toEqual([]);
  expect((await handlers['status.get'](null)).servers[0]?.queue).toMatchObject({ total: 0, trash: 8 });
  expect(await handlers['trash.restore']({ serverId, target: { all: true } })).toEqual({ changed: 8, skipped: [] });
  expect(await idsOf(relay, 10)).toEqual(all);
});

test('a session that was terminated is gone', async () => {
  const { handlers } = await relayOf();
  expect(await handlers['session.terminate']({ serverId, ids: ['in-1'] })).toEqual({ terminated: 1 });
  expect((await handlers['session.list']({ serverId })).map((session) => session.id)).toEqual(['in-2', 'out-1']);
});
