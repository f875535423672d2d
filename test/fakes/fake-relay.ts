/** Every call of the contract answered from memory: a relay for looking at the console and for measuring it. */
import { checkName } from '../../electron/host/name-check.ts';
import { openSecrets } from '../../electron/settings/secret-store.ts';
import { openSettings } from '../../electron/settings/settings-store.ts';
import { decideConnection, decideRelay } from '../../electron/smtp/client-rules.ts';
import type { AnswerOf, Handlers } from '../../shared/contract/calls.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import type { QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { ServerState, ServerStatus } from '../../shared/contract/servers.ts';
import { isIpAddress } from '../../shared/settings/address.ts';
import { defaultServerSettings } from '../../shared/settings/server-settings.ts';
import { checkGateway, explainRoute, followed, sourceOf } from './fake-answers.ts';
import { fakeDns } from './fake-dns.ts';
import { createFakeServer, type FakeServer } from './fake-server.ts';
import { MemoryDisk } from './memory-disk.ts';
import { MemoryLog } from './memory-log.ts';

export interface FakeRelay {
  readonly handlers: Handlers;
  /** One message is delivered, another one arrives at its retry: what a live queue does, as often as it is said, told once. */
  readonly tick: (steps?: number) => void;
}

export interface FakeRelayOptions {
  readonly rows: number;
  readonly emit: <Name extends EventName>(name: Name, event: EventOf<Name>) => void;
  readonly now: () => number;
  readonly troubled?: boolean;
}

const dns = fakeDns({
  addresses: {
    'ca01.example.org': ['192.0.2.10'],
    'mail.example.org': ['192.0.2.25'],
    'mail2.example.org': ['192.0.2.26'],
  },
  reverse: { '192.0.2.10': ['ca01.example.org'] },
});
const ownAddresses = () =>
  [
    { address: '127.0.0.1', family: 'IPv4', adapter: 'Loopback' },
    { address: '::1', family: 'IPv6', adapter: 'Loopback' },
    { address: '192.0.2.10', family: 'IPv4', adapter: 'Ethernet' },
    { address: '2001:db8::10', family: 'IPv6', adapter: 'Ethernet' },
  ] as const;

/** Settings, their history and the secrets are those of the relay itself, on a disk in memory; mail and sessions are made up. */
export async function createFakeRelay({ rows, emit, now, troubled = false }: FakeRelayOptions): Promise<FakeRelay> {
  const startedAtMs = now() - 3_600_000 * 27;
  const dataFolder = '/data';
  const clock = { now, after: () => () => {} };
  const ports = { clock, disk: new MemoryDisk(now), log: new MemoryLog(), dns, ownAddresses };
  const settings = await openSettings({ dataFolder, ports });
  const secrets = await openSecrets({ dataFolder, ports });
  await settings.save('1', settings.revision, {
    'delivery.smartHosts': ['mail.example.org', 'mail2.example.org:587'],
  });

  const servers = new Map<ServerId, FakeServer>();
  const isThere = (id: ServerId): boolean => settings.serverIds().includes(id);
  const server = (id: ServerId): FakeServer => {
    if (!isThere(id)) throw problem('notFound', `There is no virtual server ${id}.`);
    const known = servers.get(id);
    if (known !== undefined) return known;
    const isFirst = id === '1';
    const made = createFakeServer({
      id,
      rows: isFirst ? rows : 0,
      now,
      settings: () => settings.get(id).values,
      troubled: troubled && isFirst,
    });
    servers.set(id, made);
    return made;
  };
  const snapshot = (serverId: ServerId, of = settings.get(serverId)): AnswerOf<'settings.get'> => ({
    ...of,
    overridden: [...of.overridden],
    secrets: [...secrets.names(serverId)],
  });
  settings.onChange((serverId) => {
    emit('settings.changed', { serverId, revision: settings.revision });
    emit('server.changed', { serverId });
  });
  const setState = async (serverId: ServerId, state: ServerState): Promise<ServerStatus> => {
    await settings.save(serverId, settings.revision, { 'general.state': state });
    return server(serverId).status();
  };
  /** Tells that mail moved between the queue and the other place. */
  const told = <Answer>(name: 'badmail.changed' | 'trash.changed', serverId: ServerId, answer: Answer): Answer => {
    emit(name, { serverId });
    emit('queue.changed', { serverId, revision: server(serverId).queue.revision() });
    return answer;
  };
  const onQueue =
    (act: (queue: FakeServer['queue'], target: QueueTarget) => AnswerOf<'queue.retry'>) =>
    async ({ serverId, target }: { readonly serverId: ServerId; readonly target: QueueTarget }) =>
      told('trash.changed', serverId, act(server(serverId).queue, target));
  const due = onQueue((queue, target) =>
    queue.act(target, (row) => ({ ...row, state: 'ready', nextAttemptAtMs: now() })),
  );
  const checkClient = (clientAddress: string): void => {
    if (isIpAddress(clientAddress)) return;
    throw problem('badArgument', `'${clientAddress}' is not an IP address.`, { field: 'clientAddress' });
  };

  const handlers: Handlers = {
    'status.get': async () => {
      const all = settings.serverIds().map(server);
      return {
        version: '0.1.0',
        computerName: 'CA01',
        dataFolder: 'C:\\ProgramData\\SmtpRelay',
        hostedBy: 'service',
        processId: 4_711,
        startedAtMs,
        servers: all.map(({ status }) => status()),
        warnings: all.flatMap(({ warnings }) => warnings()),
      };
    },
    'load.history': async ({ serverId }) => server(serverId).load(),
    'server.start': ({ serverId }) => setState(serverId, 'started'),
    'server.stop': ({ serverId }) => setState(serverId, 'stopped'),
    'server.pause': ({ serverId }) => setState(serverId, 'paused'),
    'server.create': async ({ name, listen, mailroot, defaultDomain = '' }) => {
      const serverId = await settings.create({
        'general.name': name,
        'general.listen': listen,
        'general.mailroot': mailroot,
        'domains.default': defaultDomain,
      });
      emit('servers.changed', { serverId });
      return server(serverId).status();
    },
    'server.delete': async ({ serverId }) => {
      if (settings.get(serverId).values['general.state'] !== 'stopped') {
        throw problem('notPossible', `Virtual server ${serverId} is not stopped. Stop it first, then delete it.`);
      }
      await settings.remove(serverId);
      await secrets.removeServer(serverId);
      servers.delete(serverId);
      emit('servers.changed', { serverId });
      return null;
    },

    'settings.get': async ({ serverId }) => snapshot(serverId),
    'settings.save': async ({ serverId, revision, changes }) =>
      snapshot(serverId, await settings.save(serverId, revision, changes)),
    'settings.export': async ({ serverId }) => ({ text: settings.exportServer(serverId) }),
    'settings.import': async ({ serverId, text, preview }) => {
      const imported = await settings.importServer(serverId, text, { preview });
      if (serverId === null && !preview) emit('servers.changed', { serverId: imported.serverId });
      return {
        serverId: imported.serverId,
        changes: [...imported.changes],
        snapshot: snapshot(imported.serverId, imported.snapshot),
        missingSecrets: [],
      };
    },
    'settings.history': async () => [...(await settings.history())],
    'settings.rollback': async ({ revision, toRevision }) => ({
      revision: await settings.rollback(revision, toRevision),
    }),
    'secret.set': async ({ serverId, name, value }) => {
      server(serverId);
      await secrets.set(serverId, name, value);
      return null;
    },

    'relay.check': async ({ clientAddress, mode, list, serverId, authenticated = false, recipient = '' }) => {
      checkClient(clientAddress);
      const values = serverId === undefined ? defaultServerSettings : settings.get(serverId).values;
      const rules = { ...values, 'access.relayMode': mode, 'access.relayList': list };
      return await decideRelay(rules, { clientAddress, authenticated, recipient }, ports);
    },
    'connection.check': async ({ clientAddress, mode, list }) => {
      checkClient(clientAddress);
      const rules = { 'access.connectionMode': mode, 'access.connectionList': list };
      return await decideConnection(rules, clientAddress, ports);
    },
    'name.check': ({ name }) => checkName(name, ports),
    'network.addresses': async () => [...ownAddresses()],

    'queue.list': async ({ serverId, ...query }) => server(serverId).queue.list(query),
    'queue.show': async ({ serverId, id }) => server(serverId).queue.show(id),
    'queue.source': async ({ serverId, id, ...piece }) => {
      const { row, ...content } = server(serverId).queue.show(id);
      return sourceOf(content, row.sizeBytes, piece);
    },
    'queue.retry': due,
    'queue.hold': onQueue((queue, target) =>
      queue.act(target, (row) => (row.state === 'held' ? row : { ...row, state: 'held', nextAttemptAtMs: null })),
    ),
    'queue.release': onQueue((queue, target) =>
      queue.act(target, (row) => (row.state === 'held' ? { ...row, state: 'ready', nextAttemptAtMs: now() } : row)),
    ),
    'queue.delete': onQueue((queue, target) => queue.remove(target)),
    'queue.setRoute': async ({ smartHosts, ...about }) =>
      await onQueue((queue, target) => queue.setRoute(target, smartHosts))(about),

    'destination.list': async ({ serverId }) => server(serverId).destinations(),
    'destination.retry': ({ serverId, nextHop }) => due({ serverId, target: { filter: { nextHop } } }),
    'destination.freeze': async ({ serverId, nextHop, frozen }) => {
      const others = settings.get(serverId).values['delivery.frozen'].filter((other) => other !== nextHop);
      const list = frozen ? [...others, nextHop] : others;
      await settings.save(serverId, settings.revision, { 'delivery.frozen': list });
      return null;
    },
    'route.explain': async ({ serverId, address, id }) => {
      const route = id === undefined ? null : server(serverId).queue.show(id).route;
      return explainRoute(settings.get(serverId).values, address, route);
    },
    'gateway.check': async ({ serverId, recipient }) => {
      const { values } = settings.get(serverId);
      return checkGateway(explainRoute(values, recipient ?? '', null), recipient);
    },

    'trash.list': async ({ serverId, offset, limit }) => {
      const all = server(serverId).queue.trash();
      return { total: all.length, rows: all.slice(offset, offset + limit) };
    },
    'trash.restore': async ({ serverId, target }) =>
      told('trash.changed', serverId, server(serverId).queue.restore(target)),

    'badmail.list': async ({ serverId, offset, limit }) => {
      const all = server(serverId).badmail();
      return { total: all.length, rows: all.slice(offset, offset + limit).map(({ row }) => row) };
    },
    'badmail.show': async ({ serverId, name }) => server(serverId).findBadmail(name),
    'badmail.source': async ({ serverId, name, ...piece }) => {
      const { row, ...content } = server(serverId).findBadmail(name);
      return sourceOf(content, row.sizeBytes, piece);
    },
    'badmail.resubmit': async ({ serverId, names }) => {
      const { queue, takeBadmail } = server(serverId);
      const outcome = takeBadmail(names, ({ row: { sender, recipient, recipientCount, subject, sizeBytes } }) =>
        queue.add({ sender, recipient, recipientCount, subject, sizeBytes }),
      );
      return told('badmail.changed', serverId, outcome);
    },
    'badmail.delete': async ({ serverId, names }) =>
      told(
        'badmail.changed',
        serverId,
        server(serverId).takeBadmail(names, () => {}),
      ),

    'session.list': async ({ serverId }) => server(serverId).sessions(),
    'session.terminate': async ({ serverId, ids }) => {
      const terminated = server(serverId).terminate(ids);
      emit('sessions.changed', { serverId });
      return { terminated };
    },
    'log.tail': async ({ serverId, ...query }) => server(serverId).log(query),
    'mail.sendTest': async ({ serverId, to, from = 'postmaster@ca01.example.org' }) => {
      const { id } = server(serverId).queue.add({ sender: from, recipient: to, subject: 'Test message' });
      return told('trash.changed', serverId, { id });
    },
    'mail.follow': async ({ serverId, id }) => followed(server(serverId).queue.show(id)),
  };
  return {
    handlers,
    tick: (steps = 1) => {
      for (const serverId of settings.serverIds()) {
        const { queue, writeLog } = server(serverId);
        queue.step(steps);
        emit('queue.changed', { serverId, revision: queue.revision() });
        emit('log.changed', { serverId, sequence: writeLog({}) });
        emit('sessions.changed', { serverId });
      }
    },
  };
}
