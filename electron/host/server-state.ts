/** Makes the running parts of a virtual server agree with its state and settings, one change after the other. */
import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { Delivery } from '../delivery/types.ts';
import type { ProtocolLog } from '../logging/types.ts';
import type { InboundServer, ServerCertificate } from '../smtp/types.ts';
import type { Pickup } from '../spool/types.ts';

/** A listener that could not be bound is tried again: the other program may end, the address may come up. */
const bindAgainMs = 60_000;

export interface ServerStateOptions {
  readonly id: ServerId;
  readonly settings: () => ServerSettings;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  readonly inbound: Pick<InboundServer, 'apply'>;
  readonly delivery: Pick<Delivery, 'start' | 'stop' | 'settingsChanged'>;
  readonly pickup: Pick<Pickup, 'start' | 'stop'>;
  readonly certificate: Pick<ServerCertificate, 'refresh' | 'onChange'>;
  readonly protocolLog: Pick<ProtocolLog, 'settingsChanged'>;
  readonly statusChanged: () => void;
}

export interface ServerState {
  /** Never throws: what went wrong is in the status. */
  apply(): Promise<void>;
  /** Follows nothing from now on; what is under way ends first. */
  stop(): Promise<void>;
}

export function followSettings(options: ServerStateOptions): ServerState {
  const { id, settings, ports, inbound, delivery, pickup, certificate, protocolLog, statusChanged } = options;
  const { clock, log } = ports;
  let running = false;
  let stopped = false;
  let underWay: Promise<void> = Promise.resolve();
  let cancelBindAgain: (() => void) | null = null;

  const bind = async (): Promise<void> => {
    if (stopped) return;
    cancelBindAgain?.();
    cancelBindAgain = null;
    const listeners = await inbound.apply(settings()['general.state']);
    statusChanged();
    if (listeners.every(({ problem }) => problem === null)) return;
    cancelBindAgain = clock.after(bindAgainMs, () => void inTurn(bind));
  };

  /** Started and paused alike: what is queued or lies in the Pickup folder goes out. */
  const run = async (wanted: boolean): Promise<void> => {
    if (wanted && running) delivery.settingsChanged();
    if (wanted === running) return;
    running = wanted;
    if (wanted) {
      delivery.start();
      pickup.start();
    } else {
      await pickup.stop();
      await delivery.stop();
    }
  };

  const follow = async (): Promise<void> => {
    if (stopped) return;
    protocolLog.settingsChanged();
    await certificate.refresh();
    await bind();
    await run(settings()['general.state'] !== 'stopped');
    statusChanged();
  };

  /** One after the other: a stop that is overtaken by a start would leave the server half of each. */
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    underWay = underWay
      .then(action)
      .catch((error: unknown) => log.error('settings not applied', error, { server: id }));
    return underWay;
  };

  // A listener with TLS waits for a certificate that can be used.
  const unsubscribe = certificate.onChange(() => void inTurn(bind));

  return {
    apply: () => inTurn(follow),
    async stop() {
      stopped = true;
      unsubscribe();
      cancelBindAgain?.();
      await underWay;
    },
  };
}
