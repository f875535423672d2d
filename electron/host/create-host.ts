/** Composes the relay: the only place that knows all of its units. */
import { resolve } from 'node:path';
import { type EventName, eventNames } from '../../shared/contract/events.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { SettingsStore } from '../settings/types.ts';
import { serveContract } from './contract-server.ts';
import { mailrootOf, prepareDataFolder } from './data-folder.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { createHandlers } from './handlers.ts';
import { holdDataFolder } from './hold-data-folder.ts';
import { keepAlive } from './keep-alive.ts';
import { pipeAddressOf } from './pipe-client.ts';
import { servePipe } from './pipe-server.ts';
import type { CreateHost, Host, HostOptions } from './types.ts';
import { openVirtualServer, type VirtualServer } from './virtual-server.ts';

/** What has to be undone, the last first. */
type Undo = (() => Promise<void>)[];

export const createHost: CreateHost = (options) =>
  keepAlive(async () => {
    const undo: Undo = [];
    try {
      return await start(options, undo);
    } catch (error) {
      await undoAll(undo).catch((failure: unknown) => options.ports.log.error('clean-up failed', failure));
      throw error;
    }
  });

async function start(options: HostOptions, undo: Undo): Promise<Host> {
  const { hostedBy, version, ports, overrides } = options;
  const { clock, disk, log } = ports;
  const dataFolder = resolve(options.dataFolder);
  const startedAtMs = clock.now();

  await prepareDataFolder(disk, dataFolder);
  const lock = await holdDataFolder({ dataFolder, program: hostedBy, ports });
  undo.push(() => lock.release());

  // Served from here on, so that a second start finds somebody; answered once the relay is up.
  const clients = createClientGate();
  const pipe = await servePipe({ address: pipeAddressOf(dataFolder), log, onChannel: clients.admit });
  undo.push(() => pipe.close());

  const settings = await openSettings({ dataFolder, ports, ...(overrides === undefined ? {} : { overrides }) });
  const hub = createEventHub(clock);
  undo.push(async () => hub.close());
  const servers = new Map<ServerId, VirtualServer>();
  for (const id of settings.serverIds()) {
    const server = await openVirtualServer(serverOptions(id, dataFolder, options, settings, hub));
    undo.push(() => server.stop());
    servers.set(id, server);
    await server.apply();
  }
  settings.onChange((serverId) => {
    hub.emit('settings.changed', { serverId, revision: settings.get(serverId).revision });
    hub.emit('server.changed', { serverId });
  });

  const facts = { version, dataFolder, hostedBy, processId: process.pid, startedAtMs };
  const handlers = createHandlers({ facts, servers, settings, ports });
  const channels = new Set<FrameChannel>();
  const attach = (channel: FrameChannel): void => {
    channels.add(channel);
    const connection = serveContract(channel, handlers, log);
    const forward = <Name extends EventName>(name: Name) => hub.on(name, (event) => connection.sendEvent(name, event));
    const unsubscribers = eventNames.map((name) => forward(name));
    channel.onClose(() => {
      channels.delete(channel);
      for (const unsubscribe of unsubscribers) unsubscribe();
    });
  };
  clients.open(attach);
  log.info('relay started', { version, data: dataFolder, host: hostedBy });

  let stopping: Promise<void> | null = null;
  return {
    handlers,
    pipeAddress: pipe.address,
    on: (name, listener) => hub.on(name, listener),
    attach,
    stop() {
      stopping ??= keepAlive(async () => {
        await undoAll(undo);
        for (const channel of channels) channel.close();
        log.info('relay stopped', { data: dataFolder });
      });
      return stopping;
    },
  };
}

const serverOptions = (
  id: ServerId,
  dataFolder: string,
  { ports, version }: HostOptions,
  settings: SettingsStore,
  hub: EventHub,
) => ({
  id,
  mailroot: mailrootOf(dataFolder, id),
  settings: () => settings.get(id).values,
  ports,
  version,
  onQueueChange: (revision: number) => hub.emit('queue.changed', { serverId: id, revision }),
  onStatusChange: () => hub.emit('server.changed', { serverId: id }),
  onSessionsChange: () => hub.emit('sessions.changed', { serverId: id }),
});

interface ClientGate {
  readonly admit: (channel: FrameChannel) => void;
  open(serve: (channel: FrameChannel) => void): void;
}

/** Clients that come while the relay starts wait; a channel keeps what is sent until somebody listens. */
function createClientGate(): ClientGate {
  const waiting: FrameChannel[] = [];
  let serve: ((channel: FrameChannel) => void) | null = null;
  return {
    admit(channel) {
      if (serve === null) waiting.push(channel);
      else serve(channel);
    },
    open(serveNow) {
      serve = serveNow;
      for (const channel of waiting.splice(0)) serveNow(channel);
    },
  };
}

/** Goes on after a failure: what can be released must be released. The first failure is passed on. */
async function undoAll(undo: Undo): Promise<void> {
  const failures: unknown[] = [];
  for (const step of undo.splice(0).reverse()) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
