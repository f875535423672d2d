import type { Handlers } from '../../shared/contract/calls.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { ServerState, ServerStatus } from '../../shared/contract/servers.ts';
import type { HandlerOptions } from './handler-options.ts';
import { changeSetting } from './settings-change.ts';
import { relayStatus, slotStatus } from './status.ts';
import { isOpen } from './virtual-servers.ts';

export function serverHandlers({ facts, servers, settings, secrets, loadHistory, ports }: HandlerOptions) {
  /** Written to the file first: a server that was stopped stays stopped after a restart of the computer. */
  const setState = async (serverId: ServerId, state: ServerState): Promise<ServerStatus> => {
    await changeSetting(settings, serverId, 'general.state', () => state);
    ports.log.info('server state', { server: serverId, state });
    const status = await applied(serverId);
    if (state !== 'stopped') servers.get(serverId); // says why it could not be opened
    return status;
  };

  const applied = async (serverId: ServerId): Promise<ServerStatus> => {
    await servers.apply(serverId);
    return await slotStatus(servers.slot(serverId), settings, facts);
  };

  return {
    'status.get': () => relayStatus({ facts, servers, settings, ports }),

    'load.history': async ({ serverId }) => {
      servers.slot(serverId);
      return [...(await loadHistory.of(serverId))];
    },

    'server.start': ({ serverId }) => setState(serverId, 'started'),
    'server.stop': ({ serverId }) => setState(serverId, 'stopped'),
    'server.pause': ({ serverId }) => setState(serverId, 'paused'),

    'server.create': async ({ name, listen, mailroot, defaultDomain }) => {
      const serverId = await settings.create({
        'general.name': name,
        'general.listen': listen,
        'general.mailroot': mailroot,
        ...(defaultDomain === undefined ? {} : { 'domains.default': defaultDomain }),
      });
      const status = await applied(serverId);
      const slot = servers.slot(serverId);
      if (isOpen(slot)) return status;
      // One whose folders cannot be made would be of no use to anybody.
      await settings.remove(serverId);
      await servers.reconcile();
      throw slot.failure;
    },
    'server.delete': async ({ serverId }) => {
      if (settings.get(serverId).values['general.state'] !== 'stopped') {
        throw problem('notPossible', `Virtual server ${serverId} is not stopped. Stop it first, then delete it.`);
      }
      await settings.remove(serverId);
      await servers.reconcile();
      await secrets.removeServer(serverId);
      return null;
    },
  } satisfies Partial<Handlers>;
}
