/** Which destinations are down, since when and why, and when the next probe is due. A restart forgets it: the first attempt tells. */
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import { formatFailure } from './failure.ts';
import type { UnreachableDestination } from './types.ts';

interface Outage {
  readonly sinceMs: EpochMs;
  probes: number;
  failure: Failure;
  nextProbeAtMs: EpochMs;
}

interface Interval {
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
}

/** Outages remembered per destination, for messages that waited through them. */
const maxPastOutages = 50;

export class Destinations {
  readonly #down = new Map<string, Outage>();
  readonly #past = new Map<string, Interval[]>();

  /**
   * An attempt found no host that talks to us.
   * @param probe  It was made to find that out; only such a one moves the schedule of the probes on.
   * @param delayMs  Delay after probe number n, from 1.
   * @returns when to probe next
   */
  failed(
    name: string,
    failure: Failure,
    { nowMs, probe, delayMs }: { nowMs: EpochMs; probe: boolean; delayMs: (probes: number) => number },
  ): EpochMs {
    const outage = this.#down.get(name);
    if (outage === undefined) {
      const nextProbeAtMs = nowMs + delayMs(1);
      this.#down.set(name, { sinceMs: nowMs, probes: 1, failure, nextProbeAtMs });
      return nextProbeAtMs;
    }
    outage.failure = failure;
    if (probe) {
      outage.probes += 1;
      outage.nextProbeAtMs = nowMs + delayMs(outage.probes);
    }
    return outage.nextProbeAtMs;
  }

  /** The operator wants to know now. */
  probeAt(name: string, nowMs: EpochMs): void {
    const outage = this.#down.get(name);
    if (outage !== undefined) outage.nextProbeAtMs = Math.min(outage.nextProbeAtMs, nowMs);
  }

  /** A server of the destination talked to us. @returns true when it had been down. */
  succeeded(name: string, nowMs: EpochMs): boolean {
    const outage = this.#down.get(name);
    if (outage === undefined) return false;
    this.#down.delete(name);
    const past = this.#past.get(name) ?? [];
    past.push({ fromMs: outage.sinceMs, untilMs: nowMs });
    this.#past.set(name, past.slice(-maxPastOutages));
    return true;
  }

  /** The routes have changed: nothing is known about where they lead. */
  clear(): void {
    this.#down.clear();
    this.#past.clear();
  }

  outage(name: string): { readonly failure: Failure; readonly nextProbeAtMs: EpochMs } | undefined {
    return this.#down.get(name);
  }

  names(): readonly string[] {
    return [...this.#down.keys()];
  }

  /** How long the destination was down between two moments. */
  downMs(name: string, fromMs: EpochMs, untilMs: EpochMs): number {
    const outage = this.#down.get(name);
    const intervals = [
      ...(this.#past.get(name) ?? []),
      ...(outage === undefined ? [] : [{ fromMs: outage.sinceMs, untilMs }]),
    ];
    return intervals.reduce(
      (sum, interval) => sum + Math.max(Math.min(interval.untilMs, untilMs) - Math.max(interval.fromMs, fromMs), 0),
      0,
    );
  }

  unreachable(): readonly UnreachableDestination[] {
    return [...this.#down].map(([nextHop, { sinceMs, failure, nextProbeAtMs }]) => ({
      nextHop,
      sinceMs,
      lastError: formatFailure(failure),
      nextProbeAtMs,
    }));
  }
}
