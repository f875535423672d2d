/** Carries what is known of outages over a restart, between the file and what delivery plans by. Nothing here throws. */
import type { Ports } from '../base/ports.ts';
import type { Destinations } from './destinations.ts';
import { OutageFile } from './outage-file.ts';
import type { Plan } from './plan.ts';
import { type RetryIntervals, retryDelayMs } from './schedule.ts';

export interface OutageMemoryOptions {
  readonly stateFolder: string;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log' | 'random'>;
  readonly destinations: Destinations;
  readonly plan: Plan;
  readonly retryIntervals: () => RetryIntervals;
}

export class OutageMemory {
  readonly #options: OutageMemoryOptions;
  readonly #file: OutageFile;
  #recalled: Promise<void> | null = null;

  constructor(options: OutageMemoryOptions) {
    this.#options = options;
    const { stateFolder, ports, destinations } = options;
    this.#file = new OutageFile({ stateFolder, ports, record: () => destinations.record() });
  }

  /** Reads the file, once: later the memory knows better. */
  recall(): Promise<void> {
    this.#recalled ??= this.#read();
    return this.#recalled;
  }

  /** A destination went down or came up. */
  changed(): void {
    const { destinations, ports } = this.#options;
    destinations.forgetOld(ports.clock.now());
    this.#file.save();
  }

  /** The computer's clock was put back: times known so far lie too far ahead. */
  clockSetBack(): void {
    const { destinations, ports } = this.#options;
    destinations.clockSetTo(ports.clock.now());
    this.#blockWhatIsDown();
    this.changed();
  }

  /** Delivery has stopped; until the next start nothing changes. */
  async store(): Promise<void> {
    if (this.#recalled === null) return; // what the file holds was never known here
    await this.#recalled;
    await this.#file.flush(true);
  }

  async #read(): Promise<void> {
    const { destinations, ports, retryIntervals } = this.#options;
    const stored = await this.#file.load();
    if (stored === null) return;
    const pauseMs = stored.wasStopped ? 0 : retryDelayMs(retryIntervals(), 1, ports.random);
    destinations.restore(stored.record, ports.clock.now(), pauseMs);
    this.#blockWhatIsDown();
    await this.#file.flush(false); // the probes are stored before they are made
  }

  #blockWhatIsDown(): void {
    const { destinations, plan } = this.#options;
    for (const { nextHop, nextProbeAtMs } of destinations.unreachable()) plan.block(nextHop, nextProbeAtMs);
  }
}
