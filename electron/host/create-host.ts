/** Composes the relay: the only place that knows all of its units. */
import { resolve } from 'node:path';
import { type EventName, eventNames } from '../../shared/contract/events.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { createPasswordHasher } from '../base/password-hash.ts';
import { forgettingSettings } from '../settings/forgetting-settings.ts';
import { mailrootOf } from '../settings/mailroot.ts';
import { openSecrets } from '../settings/secret-store.ts';
import { openSettings } from '../settings/settings-store.ts';
import type { SecretStore, SettingsStore } from '../settings/types.ts';
import { createClientGate } from './client-gate.ts';
import { serveContract } from './contract-server.ts';
import { prepareDataFolder } from './data-folder.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { createHandlers } from './handlers.ts';
import { holdDataFolder } from './hold-data-folder.ts';
import { keepAlive } from './keep-alive.ts';
import { createLoadHistory, readLoad } from './load-history.ts';
import { openLog } from './open-log.ts';
import { pipeAddressOf } from './pipe-client.ts';
import { servePipe } from './pipe-server.ts';
import { watchRelay } from './relay-watch.ts';
import { refuseSharedMailroot } from './shared-mailroot.ts';
import { logFolderOf, type RelayFacts } from './status.ts';
import type { CreateHost, Host, HostOptions } from './types.ts';
import { createUndo, type Undo } from './undo.ts';
import { openVirtualServer, type ServerListener } from './virtual-server.ts';
import { createVirtualServers, isOpen, type VirtualServers } from './virtual-servers.ts';

export const createHost: CreateHost = (options) =>
  keepAlive(async () => {
    const undo = createUndo();
    try {
      return await start(options, undo);
    } catch (error) {
      await undo.all().catch((failure: unknown) => options.ports.log.error('clean-up failed', failure));
      throw error;
    }
  });

async function start(options: HostOptions, undo: Undo): Promise<Host> {
  const { hostedBy, version, overrides } = options;
  const { clock, disk } = options.ports;
  const dataFolder = resolve(options.dataFolder);
  const facts: RelayFacts = { version, dataFolder, hostedBy, processId: process.pid, startedAtMs: clock.now() };

  let stopping: Promise<void> | null = null;

  await prepareDataFolder(disk, dataFolder);
  const lock = await holdDataFolder({ dataFolder, program: hostedBy, ports: options.ports });
  undo.later(() => lock.release());

  // Only the owner of the folder writes its log.
  const { log, close } = openLog({ facts, ports: options.ports });
  undo.later(async () => {
    if (stopping !== null) log.info('relay stopped', { data: dataFolder });
    await close();
  });
  const ports = { ...options.ports, log };

  // Served from here on, so that a second start finds somebody; answered once the relay is up.
  const clients = createClientGate();
  const pipe = await servePipe({ address: pipeAddressOf(dataFolder), log, onChannel: clients.admit });
  undo.later(() => pipe.close());

  const stored = await openSettings({ dataFolder, ports, ...(overrides === undefined ? {} : { overrides }) });
  const secrets = await openSecrets({ dataFolder, ports });
  const settings = forgettingSettings(stored, secrets, log);
  const hub = createEventHub(clock);
  undo.later(async () => hub.close());
  const servers = serveSettings({ ...options, ports, dataFolder, settings, secrets, hub });
  undo.later(() => servers.stop());
  await servers.reconcile();
  tellOfSettings(settings, secrets, hub);

  const watch = watchRelay({ facts, servers, settings, ports });
  undo.later(() => watch.stop());

  const loadHistory = createLoadHistory({
    ports,
    servers: () =>
      servers
        .slots()
        .filter(isOpen)
        .map(({ id, server }) => ({ id, read: () => readLoad(server) })),
  });
  undo.later(() => loadHistory.stop());

  const handlers = createHandlers({ facts, servers, settings, secrets, loadHistory, ports });
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

  return {
    handlers,
    pipeAddress: pipe.address,
    on: (name, listener) => hub.on(name, listener),
    attach,
    stop() {
      stopping ??= keepAlive(async () => {
        await undo.all();
        for (const channel of channels) channel.close();
      });
      return stopping;
    },
  };
}

interface ServeOptions extends HostOptions {
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly hub: EventHub;
}

function serveSettings({ dataFolder, ports, version, settings, secrets, hub }: ServeOptions): VirtualServers {
  // One for all servers: it bounds how many passwords are checked at a time.
  const passwords = createPasswordHasher();
  const servers = createVirtualServers({
    store: settings,
    ports,
    open: async (id, values) => {
      const mailroot = mailrootOf(dataFolder, id, values());
      refuseSharedMailroot(servers.slots(), mailroot);
      return await openVirtualServer({
        id,
        mailroot,
        logFolder: logFolderOf(dataFolder),
        settings: values,
        secret: (name) => secrets.get(id, name),
        passwords,
        ports,
        version,
        onChange: tellOf(id, hub),
      });
    },
    onServer: (serverId) => {
      hub.emit('servers.changed', { serverId });
      hub.emit('server.changed', { serverId });
    },
  });
  settings.onServers(() => void servers.reconcile());
  return servers;
}

const tellOf =
  (serverId: ServerId, hub: EventHub): ServerListener =>
  (change) => {
    switch (change.what) {
      case 'queue':
        return hub.emit('queue.changed', { serverId, revision: change.revision });
      case 'log':
        return hub.emit('log.changed', { serverId, sequence: change.sequence });
      case 'status':
        return hub.emit('server.changed', { serverId });
      case 'sessions':
        return hub.emit('sessions.changed', { serverId });
      case 'badmail':
        return hub.emit('badmail.changed', { serverId });
      case 'trash':
        return hub.emit('trash.changed', { serverId });
    }
  };

function tellOfSettings(settings: SettingsStore, secrets: SecretStore, hub: EventHub): void {
  const changed = (serverId: ServerId): void => {
    hub.emit('settings.changed', { serverId, revision: settings.revision });
    hub.emit('server.changed', { serverId });
  };
  settings.onChange(changed);
  secrets.onChange(changed);
}
