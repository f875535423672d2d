/**
 * The virtual servers of the settings: they come and go at run time, and one that cannot be opened keeps no other one from
 * serving.
 */
import type { ServerId } from '../../shared/contract/messages.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { SettingsStore } from '../settings/types.ts';
import type { VirtualServer } from './virtual-server.ts';

/** A folder that could not be used is tried again: its disk may come late after a start of the computer. */
const openAgainMs = 60_000;

export interface OpenServer {
  readonly id: ServerId;
  readonly server: VirtualServer;
}

/** A server of the settings that does not run, and why. */
export interface FailedServer {
  readonly id: ServerId;
  readonly failure: ProblemError;
}

export type ServerSlot = OpenServer | FailedServer;
export const isOpen = (slot: ServerSlot): slot is OpenServer => 'server' in slot;

export interface VirtualServersOptions {
  readonly store: Pick<SettingsStore, 'serverIds' | 'get'>;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  /** @param settings  In force at this moment; those of the end while a server that was deleted closes. */
  readonly open: (id: ServerId, settings: () => ServerSettings) => Promise<VirtualServer>;
  /** A server was added, opened or removed. */
  readonly onServer: (id: ServerId) => void;
}

export interface VirtualServers {
  /** In the order of the settings. */
  slots(): readonly ServerSlot[];
  /** @throws {ProblemError} 'notFound' */
  slot(id: ServerId): ServerSlot;
  /** @throws {ProblemError} 'notFound', or why the server could not be opened. */
  get(id: ServerId): VirtualServer;
  /** Opens what the settings have gained or what failed before, closes what they have lost. */
  reconcile(): Promise<void>;
  /** Makes a server, or all of them, follow the settings; one that could not be opened is tried again. */
  apply(id?: ServerId): Promise<void>;
  stop(): Promise<void>;
}

export function createVirtualServers({ store, ports, open, onServer }: VirtualServersOptions): VirtualServers {
  const { clock, log } = ports;
  const known = new Map<ServerId, ServerSlot>();
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancelOpenAgain: (() => void) | null = null;

  const openOne = async (id: ServerId): Promise<void> => {
    const before = known.get(id);
    try {
      const server = await open(id, settingsOf(store, id));
      known.set(id, { id, server });
      await server.apply();
    } catch (error) {
      const failure = problemOf(error, id);
      known.set(id, { id, failure });
      const isNews = before === undefined || isOpen(before) || before.failure.message !== failure.message;
      if (!isNews) return;
      log.error('virtual server not opened', error, { server: id });
    }
    onServer(id);
  };

  const closeOne = async (slot: ServerSlot): Promise<void> => {
    known.delete(slot.id);
    if (isOpen(slot)) {
      await slot.server
        .stop()
        .catch((error: unknown) => log.error('virtual server not closed', error, { server: slot.id }));
    }
    onServer(slot.id);
  };

  const reconcile = async (): Promise<void> => {
    if (stopped) return;
    cancelOpenAgain?.();
    cancelOpenAgain = null;
    const wanted = new Set(store.serverIds());
    for (const slot of [...known.values()]) if (!wanted.has(slot.id)) await closeOne(slot);
    for (const id of wanted) {
      if (stopped) return;
      const slot = known.get(id);
      if (slot === undefined || !isOpen(slot)) await openOne(id);
    }
    if ([...known.values()].some((slot) => !isOpen(slot))) {
      cancelOpenAgain = clock.after(openAgainMs, () => void inTurn(reconcile));
    }
  };

  /** One after the other: a server must not be opened twice, nor closed while it opens. */
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    underWay = underWay.then(action).catch((error: unknown) => log.error('virtual servers', error));
    return underWay;
  };

  const slots = (): readonly ServerSlot[] => store.serverIds().flatMap((id) => known.get(id) ?? []);

  const slot = (id: ServerId): ServerSlot => {
    const found = known.get(id);
    if (found === undefined) throw problem('notFound', `There is no virtual server ${id}.`);
    return found;
  };

  return {
    slots,
    slot,
    get(id) {
      const found = slot(id);
      if (!isOpen(found)) throw found.failure;
      return found.server;
    },
    reconcile: () => inTurn(reconcile),
    async apply(only) {
      // One that is opened by this follows the settings already.
      const meant = slots()
        .filter(isOpen)
        .filter(({ id }) => only === undefined || id === only);
      await inTurn(reconcile);
      await Promise.all(meant.map(({ server }) => server.apply()));
    },
    async stop() {
      stopped = true;
      cancelOpenAgain?.();
      await underWay;
      const results = await Promise.allSettled(
        slots()
          .filter(isOpen)
          .map(({ server }) => server.stop()),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
  };
}

/** Of a server that is deleted meanwhile, the last ones: its units still ask while they end. */
function settingsOf(store: Pick<SettingsStore, 'serverIds' | 'get'>, id: ServerId): () => ServerSettings {
  let latest = store.get(id).values;
  return () => {
    try {
      latest = store.get(id).values;
    } catch (error) {
      if (!(error instanceof ProblemError && error.problem.code === 'notFound')) throw error;
    }
    return latest;
  };
}

function problemOf(error: unknown, id: ServerId): ProblemError {
  if (error instanceof ProblemError) return error;
  const sentence = `Virtual server ${id} could not be opened because of a fault in the relay. Its log has the details.`;
  return problem('internal', sentence);
}
