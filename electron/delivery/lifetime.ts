/** How long mail may wait: when its sender is told that it is late, and when it is given up. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Destination } from './destination.ts';
import { expiresAtMs } from './schedule.ts';

type LifetimeSettings = Pick<
  ServerSettings,
  | 'delivery.delayNotification'
  | 'delivery.expiration'
  | 'delivery.expireDuringOutage'
  | 'delivery.localDelayNotification'
  | 'delivery.localExpiration'
>;

export interface Lifetime {
  /** Null: the sender is never told. */
  readonly noticeAtMs: EpochMs | null;
  readonly expiresAtMs: EpochMs;
}

export interface Waiting {
  readonly receivedAtMs: EpochMs;
  readonly destination: Pick<Destination, 'kind'>;
  /** For how long its destination could not be reached at all since it was received. */
  readonly unreachableMs: number;
}

/** Mail for the Drop folder has times of its own. */
export function lifetimeOf(
  { receivedAtMs, destination, unreachableMs }: Waiting,
  settings: LifetimeSettings,
): Lifetime {
  const isLocal = destination.kind === 'drop';
  const noticeS = settings[isLocal ? 'delivery.localDelayNotification' : 'delivery.delayNotification'];
  const expirationS = settings[isLocal ? 'delivery.localExpiration' : 'delivery.expiration'];
  const notCountedMs = settings['delivery.expireDuringOutage'] ? 0 : unreachableMs;
  return {
    noticeAtMs: noticeS === null ? null : receivedAtMs + noticeS * 1_000,
    expiresAtMs: expiresAtMs(receivedAtMs, expirationS, notCountedMs),
  };
}

/** No message younger than this is late or expires while it only waits. */
export function shortestWaitMs(settings: LifetimeSettings): number {
  const seconds = [
    settings['delivery.delayNotification'],
    settings['delivery.localDelayNotification'],
    ...(settings['delivery.expireDuringOutage']
      ? [settings['delivery.expiration'], settings['delivery.localExpiration']]
      : []),
  ];
  return 1_000 * Math.min(...seconds.map((value) => value ?? Number.POSITIVE_INFINITY));
}
