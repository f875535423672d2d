/** One virtual server: spool, delivery and listeners, made to agree with its settings. */

import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import { createDelivery } from '../delivery/delivery.ts';
import { ownName } from '../delivery/own-name.ts';
import type { Delivery } from '../delivery/types.ts';
import { createInboundServer } from '../smtp/inbound-server.ts';
import type { InboundServer } from '../smtp/types.ts';
import { openSpool } from '../spool/spool.ts';
import type { Spool, SpoolFolders } from '../spool/types.ts';
import { createQueueDesk, type QueueDesk } from './queue-desk.ts';

/** Below this much free space new mail is refused with 452; delivery goes on and makes room. */
export const freeSpaceFloorBytes = 100 * 1_048_576;
/** A listener that could not be bound is tried again: the other program may end, the address may come up. */
const bindAgainMs = 60_000;

export interface VirtualServerOptions {
  readonly id: ServerId;
  readonly mailroot: string;
  /** In force at this moment. */
  readonly settings: () => ServerSettings;
  readonly ports: Ports;
  readonly version: string;
  readonly onQueueChange: (revision: number) => void;
  readonly onStatusChange: () => void;
  readonly onSessionsChange: () => void;
}

export interface VirtualServer {
  readonly id: ServerId;
  readonly settings: () => ServerSettings;
  readonly spool: Spool & { readonly folders: SpoolFolders };
  readonly delivery: Delivery;
  readonly inbound: InboundServer;
  readonly desk: QueueDesk;
  /** Follows the settings of this moment. Never throws: what went wrong is in the status. */
  apply(): Promise<void>;
  /** Takes no more mail in, lets conversations end, waits for writes. */
  stop(): Promise<void>;
}

/** @throws {ProblemError} 'storage' when the mail folders cannot be made. */
export async function openVirtualServer(options: VirtualServerOptions): Promise<VirtualServer> {
  const { id, mailroot, settings, ports, version } = options;
  const { clock, log } = ports;
  const spool = await openSpool({
    mailroot,
    ports,
    fullyQualifiedName: () => ownName(settings(), ports.computerName),
    freeSpaceFloorBytes,
  });
  const delivery = createDelivery({ spool, settings, ports, version });
  const inbound = createInboundServer({ ports, settings, version, begin: (envelope) => spool.begin(envelope) });
  const queueChanged = (): void => options.onQueueChange(desk.revision);
  const desk = createQueueDesk({ spool, delivery, clock, onOutdated: queueChanged });

  spool.onChange(queueChanged);
  delivery.onChange(() => {
    desk.viewChanged();
    queueChanged();
    options.onSessionsChange();
    options.onStatusChange();
  });
  inbound.onChange(() => {
    options.onSessionsChange();
    options.onStatusChange();
  });
  spool.recovered.then(
    ({ messages, sweptFiles, damaged }) => {
      log.info('queue read', { server: id, messages, sweptFiles, damaged: damaged.length });
      queueChanged();
      options.onStatusChange();
    },
    (error: unknown) => log.error('queue not read', error, { server: id }),
  );

  let delivering = false;
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancelBindAgain: (() => void) | null = null;

  const bind = async (): Promise<void> => {
    if (stopped) return;
    cancelBindAgain?.();
    cancelBindAgain = null;
    const listeners = await inbound.apply(settings()['general.state']);
    if (listeners.every(({ problem }) => problem === null)) return;
    cancelBindAgain = clock.after(bindAgainMs, () => void inTurn(bind));
  };

  const follow = async (): Promise<void> => {
    if (stopped) return;
    await bind();
    if (settings()['general.state'] === 'stopped') {
      if (delivering) await delivery.stop();
      delivering = false;
    } else if (delivering) {
      delivery.settingsChanged();
    } else {
      delivering = true;
      delivery.start();
    }
    options.onStatusChange();
  };

  /** One after the other: a stop that is overtaken by a start would leave the server half of each. */
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    underWay = underWay
      .then(action)
      .catch((error: unknown) => log.error('settings not applied', error, { server: id }));
    return underWay;
  };

  return {
    id,
    settings,
    spool,
    delivery,
    inbound,
    desk,
    apply: () => inTurn(follow),
    async stop() {
      stopped = true;
      cancelBindAgain?.();
      await underWay;
      await inbound.close();
      await delivery.stop();
      await spool.close();
      desk.close();
    },
  };
}
