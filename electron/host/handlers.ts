/** Every call of the contract. Arguments are parsed already; a refusal is thrown as ProblemError. */
import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../shared/contract/calls.ts';
import type { MessageId, ServerId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { RelayStatus, ServerState, ServerStatus } from '../../shared/contract/servers.ts';
import type { Ports } from '../base/ports.ts';
import { ownName } from '../delivery/own-name.ts';
import type { ServerSettingsSnapshot, SettingsStore } from '../settings/types.ts';
import { decideRelay } from '../smtp/relay-rules.ts';
import { messageDetails, messageSource } from './message-details.ts';
import { relayStatus, serverStatus } from './status.ts';
import { testMessage } from './test-message.ts';
import type { VirtualServer } from './virtual-server.ts';

export interface HandlerOptions {
  readonly facts: Pick<RelayStatus, 'version' | 'dataFolder' | 'hostedBy' | 'processId' | 'startedAtMs'>;
  readonly servers: ReadonlyMap<ServerId, VirtualServer>;
  readonly settings: SettingsStore;
  readonly ports: Ports;
}

/** Somebody else may save at the same moment; more often than this in a row nobody does. */
const saveTries = 3;

export function createHandlers({ facts, servers, settings, ports }: HandlerOptions): Handlers {
  const serverOf = (serverId: ServerId): VirtualServer => {
    const server = servers.get(serverId);
    if (server === undefined) throw problem('notFound', `There is no virtual server ${serverId}.`);
    return server;
  };

  /** Written to the file first: a server that was stopped stays stopped after a restart of the computer. */
  const setState = async (serverId: ServerId, state: ServerState): Promise<ServerStatus> => {
    const server = serverOf(serverId);
    if (settings.get(serverId).overridden.includes('general.state')) {
      throw problem('notPossible', 'The state of the server was given on the command line for this run.');
    }
    await saveState(settings, serverId, state);
    ports.log.info('server state', { server: serverId, state });
    await server.apply();
    return await serverStatus(server);
  };

  return {
    'status.get': () => relayStatus({ facts, servers: [...servers.values()], ports }),

    'server.start': ({ serverId }) => setState(serverId, 'started'),
    'server.stop': ({ serverId }) => setState(serverId, 'stopped'),
    'server.pause': ({ serverId }) => setState(serverId, 'paused'),

    'settings.get': async ({ serverId }) => snapshotOf(settings.get(serverId)),
    'settings.save': async ({ serverId, revision, changes }) => {
      const saved = await settings.save(serverId, revision, changes);
      await serverOf(serverId).apply();
      return snapshotOf(saved);
    },

    'relay.check': async ({ clientAddress, mode, list }) =>
      decideRelay(
        { mode, list },
        clientAddress,
        ports.ownAddresses().map(({ address }) => address),
      ),
    'network.addresses': async () => [...ports.ownAddresses()],

    'queue.list': ({ serverId, ...query }) => serverOf(serverId).desk.list(query),
    'queue.show': ({ serverId, id }) => messageDetails(serverOf(serverId), id),
    'queue.source': ({ serverId, ...piece }) => messageSource(serverOf(serverId), piece),
    'queue.retry': async ({ serverId, target }) => {
      const { desk, delivery } = serverOf(serverId);
      return await delivery.retry(await desk.select(target));
    },
    'queue.hold': async ({ serverId, target }) => {
      const { desk, delivery } = serverOf(serverId);
      return await delivery.hold(await desk.select(target));
    },
    'queue.release': async ({ serverId, target }) => {
      const { desk, delivery } = serverOf(serverId);
      return await delivery.release(await desk.select(target));
    },
    'queue.delete': async ({ serverId, target, report }) => {
      const { desk, delivery } = serverOf(serverId);
      return await delivery.remove(await desk.select(target), { report });
    },

    'session.list': async ({ serverId }) => {
      const { inbound, delivery } = serverOf(serverId);
      return [...inbound.sessions(), ...delivery.sessions()];
    },

    'mail.sendTest': async ({ serverId, to, from }) => ({ id: await sendTest(serverOf(serverId), ports, to, from) }),
  };
}

async function saveState(settings: SettingsStore, serverId: ServerId, state: ServerState): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await settings.save(serverId, settings.get(serverId).revision, { 'general.state': state });
      return;
    } catch (error) {
      const conflict = error instanceof ProblemError && error.problem.code === 'conflict';
      if (!conflict || tries === saveTries) throw error;
    }
  }
}

async function sendTest(
  { spool, settings }: VirtualServer,
  { clock, computerName, log }: Ports,
  to: string,
  from: string | undefined,
): Promise<MessageId> {
  const { envelope, content } = testMessage({
    to,
    from,
    fullyQualifiedName: ownName(settings(), computerName),
    computerName: computerName(),
    nowMs: clock.now(),
    token: randomUUID(),
  });
  const message = await spool.begin(envelope);
  try {
    await message.write(content);
    const { id } = await message.commit();
    log.info('accept', { id, from: `<${envelope.sender}>`, recipients: 1, size: content.byteLength, client: 'local' });
    return id;
  } catch (error) {
    await message.abort();
    throw error;
  }
}

const snapshotOf = ({ revision, values, overridden }: ServerSettingsSnapshot) => ({
  revision,
  values,
  overridden: [...overridden],
});
