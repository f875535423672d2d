/** How busy each virtual server was, minute by minute: for the charts of the console. In memory only. */
import type { EpochMs, ServerId } from '../../shared/contract/messages.ts';
import type { LoadSample, QueueCounts, ServerStatus } from '../../shared/contract/servers.ts';
import type { Ports } from '../base/ports.ts';
import type { VirtualServer } from './virtual-server.ts';

/** A day. */
export const samplesKept = 1_440;
const minuteMs = 60_000;

type Totals = ServerStatus['totals'];

/** What a server says about itself at this moment. */
export interface LoadReading {
  readonly queue: Pick<QueueCounts, 'total' | 'oldestWaitingAtMs'>;
  /** Since the server was opened. */
  readonly totals: Totals;
}

export const startOfMinute = (atMs: EpochMs): EpochMs => Math.floor(atMs / minuteMs) * minuteMs;

const nothingYet: Totals = { accepted: 0, delivered: 0, failed: 0, refused: 0 };

/** The samples of one server. Pure: the time is told. */
export class LoadRing {
  readonly #samples: LoadSample[] = [];
  #counted = nothingYet;

  /** Ends the minute that began at `minuteAtMs`. */
  add(minuteAtMs: EpochMs, reading: LoadReading, nowMs: EpochMs): void {
    // Somebody set the clock back: what lies ahead now would be drawn in the wrong place.
    while ((this.#samples.at(-1)?.atMs ?? -1) >= minuteAtMs) this.#samples.pop();
    this.#samples.push(this.#sample(minuteAtMs, reading, nowMs));
    if (this.#samples.length > samplesKept) this.#samples.shift();
    this.#counted = reading.totals;
  }

  /** Oldest first, the minute that is not over yet as the last one. */
  withRunning(reading: LoadReading, nowMs: EpochMs): readonly LoadSample[] {
    const running = this.#sample(startOfMinute(nowMs), reading, nowMs);
    const before = this.#samples.filter(({ atMs }) => atMs < running.atMs);
    return [...before.slice(1 - samplesKept), running];
  }

  #sample(atMs: EpochMs, { queue, totals }: LoadReading, nowMs: EpochMs): LoadSample {
    const { oldestWaitingAtMs } = queue;
    return {
      atMs,
      queued: queue.total,
      oldestAgeMs: oldestWaitingAtMs === null ? 0 : Math.max(0, nowMs - oldestWaitingAtMs),
      accepted: since(this.#counted.accepted, totals.accepted),
      delivered: since(this.#counted.delivered, totals.delivered),
      failed: since(this.#counted.failed, totals.failed),
      refused: since(this.#counted.refused, totals.refused),
    };
  }
}

/** A server that was opened anew counts from nothing. */
const since = (before: number, now: number): number => (now < before ? now : now - before);

export interface LoadHistoryOptions {
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  /** The servers that run, each with a way to read it. */
  readonly servers: () => readonly { readonly id: ServerId; readonly read: () => Promise<LoadReading> }[];
}

export interface LoadHistory {
  /** Empty for a server that does not run. */
  of(serverId: ServerId): Promise<readonly LoadSample[]>;
  stop(): Promise<void>;
}

export const readLoad = async ({ desk, inbound, delivery }: VirtualServer): Promise<LoadReading> => ({
  queue: await desk.counts(),
  totals: { ...inbound.totals, ...delivery.totals },
});

/** Looks at each server when a minute is over. */
export function createLoadHistory({ ports, servers }: LoadHistoryOptions): LoadHistory {
  const { clock, log } = ports;
  let rings: ReadonlyMap<ServerId, LoadRing> = new Map();
  let minuteAtMs = startOfMinute(clock.now());
  let cancel = (): void => undefined;
  let looking: Promise<void> = Promise.resolve();
  let stopped = false;

  const endMinute = async (): Promise<void> => {
    const next = new Map<ServerId, LoadRing>();
    for (const { id, read } of servers()) {
      const ring = rings.get(id) ?? new LoadRing();
      next.set(id, ring);
      try {
        ring.add(minuteAtMs, await read(), clock.now());
      } catch (error) {
        log.error('load not read', error, { server: id });
      }
    }
    rings = next;
  };
  const wait = (): void => {
    cancel = clock.after(startOfMinute(clock.now()) + minuteMs - clock.now(), () => {
      looking = tick();
    });
  };
  const tick = async (): Promise<void> => {
    // Timers may be early by a hair: the minute is not over then.
    if (startOfMinute(clock.now()) !== minuteAtMs) {
      await endMinute();
      minuteAtMs = startOfMinute(clock.now());
    }
    if (!stopped) wait();
  };
  wait();

  return {
    async of(serverId) {
      const server = servers().find(({ id }) => id === serverId);
      const ring = rings.get(serverId) ?? new LoadRing();
      return server === undefined ? [] : ring.withRunning(await server.read(), clock.now());
    },
    async stop() {
      stopped = true;
      cancel();
      await looking;
    },
  };
}
