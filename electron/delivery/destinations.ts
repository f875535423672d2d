/** Which destinations are down, since when and why, when the next probe is due, and when they were down before. Pure. */
import type { EpochMs, Failure } from '../../shared/contract/messages.ts';
import { formatFailure } from './failure.ts';
import type { UnreachableDestination } from './types.ts';

/** A destination that is down. */
export interface Outage {
  readonly sinceMs: EpochMs;
  /** The last attempt that found it so. */
  readonly probedAtMs: EpochMs;
  readonly failure: Failure;
}

/** A time that a destination was down. */
export interface PastOutage {
  readonly fromMs: EpochMs;
  readonly untilMs: EpochMs;
}

/** What outlives a restart. */
export interface OutageRecord {
  readonly down: ReadonlyMap<string, Outage>;
  readonly past: ReadonlyMap<string, readonly PastOutage[]>;
}

interface KnownOutage extends Outage {
  readonly probes: number;
  readonly nextProbeAtMs: EpochMs;
}

/** Outages remembered per destination, for messages that waited through them. */
const maxPastOutages = 50;
/** Mail of remote hosts without number must not fill the memory. */
const maxDestinations = 2_000;
const dayMs = 86_400_000;
/** Longer than any message waits in practice. */
const pastMs = 30 * dayMs;
/** No mail has asked for so long whether it is up again. */
const forgottenAfterMs = dayMs;

export class Destinations {
  readonly #down = new Map<string, KnownOutage>();
  readonly #past = new Map<string, readonly PastOutage[]>();

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
    const probes = outage === undefined ? 1 : outage.probes + (probe ? 1 : 0);
    const nextProbeAtMs = outage === undefined || probe ? nowMs + delayMs(probes) : outage.nextProbeAtMs;
    this.#down.set(name, { sinceMs: outage?.sinceMs ?? nowMs, probedAtMs: nowMs, failure, probes, nextProbeAtMs });
    return nextProbeAtMs;
  }

  /** The operator wants to know now. */
  probeAt(name: string, nowMs: EpochMs): void {
    const outage = this.#down.get(name);
    if (outage !== undefined) {
      this.#down.set(name, { ...outage, nextProbeAtMs: Math.min(outage.nextProbeAtMs, nowMs) });
    }
  }

  /** A server of the destination talked to us. @returns true when it had been down. */
  succeeded(name: string, nowMs: EpochMs): boolean {
    return this.#end(name, nowMs);
  }

  /**
   * What was stored before a restart. The time in between counts as an outage: nobody knows better. Each destination is
   * probed at once, but not within `pauseMs` of the last probe: a relay that crashes again and again must not hammer.
   */
  restore({ down, past }: OutageRecord, nowMs: EpochMs, pauseMs: number): void {
    for (const [name, { sinceMs, probedAtMs, failure }] of down) {
      const nextProbeAtMs = Math.max(nowMs, Math.min(probedAtMs, nowMs) + pauseMs);
      this.#down.set(name, {
        sinceMs: Math.min(sinceMs, nowMs),
        // The probe about to be made: stored before it, it counts even if it brings the relay down.
        probedAtMs: nextProbeAtMs === nowMs ? nowMs : probedAtMs,
        failure,
        probes: 1,
        nextProbeAtMs,
      });
    }
    for (const [name, intervals] of past) this.#past.set(name, intervals);
    this.forgetOld(nowMs);
  }

  /** Forgets the destinations that lead elsewhere now. */
  keep(isSame: (name: string) => boolean): readonly string[] {
    const forgotten = [...this.#down.keys()].filter((name) => !isSame(name));
    for (const name of forgotten) this.#down.delete(name);
    for (const name of [...this.#past.keys()]) if (!isSame(name)) this.#past.delete(name);
    return forgotten;
  }

  /** The computer's clock was put back: what lies ahead of it now is not true. */
  clockSetTo(nowMs: EpochMs): void {
    for (const [name, outage] of this.#down) {
      this.#down.set(name, {
        ...outage,
        sinceMs: Math.min(outage.sinceMs, nowMs),
        probedAtMs: Math.min(outage.probedAtMs, nowMs),
        nextProbeAtMs: nowMs,
      });
    }
    this.forgetOld(nowMs);
  }

  /** A destination that is down and that no mail waits for is never probed: it would be called down for ever. */
  forgetUnasked(nowMs: EpochMs, isAsked: (name: string) => boolean): void {
    for (const [name, { nextProbeAtMs, probedAtMs }] of this.#down) {
      if (nextProbeAtMs < nowMs - forgottenAfterMs && !isAsked(name)) this.#end(name, probedAtMs);
    }
  }

  /** Forgets outages that are too old to matter to any mail. */
  forgetOld(nowMs: EpochMs): void {
    for (const [name, intervals] of this.#past) {
      const kept = intervals.filter(({ fromMs, untilMs }) => untilMs > nowMs - pastMs && fromMs <= nowMs);
      if (kept.length === 0) this.#past.delete(name);
      else if (kept.length < intervals.length) this.#past.set(name, kept);
    }
    dropOldest(this.#past);
  }

  record(): OutageRecord {
    return {
      down: new Map(
        [...this.#down]
          .slice(0, maxDestinations)
          .map(([name, { sinceMs, probedAtMs, failure }]) => [name, { sinceMs, probedAtMs, failure }]),
      ),
      past: new Map(this.#past),
    };
  }

  outage(
    name: string,
  ): { readonly sinceMs: EpochMs; readonly failure: Failure; readonly nextProbeAtMs: EpochMs } | undefined {
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

  #end(name: string, untilMs: EpochMs): boolean {
    const outage = this.#down.get(name);
    if (outage === undefined) return false;
    this.#down.delete(name);
    const past = this.#past.get(name) ?? [];
    this.#past.delete(name); // the latest ones are at the end
    this.#past.set(name, withinBound([...past, { fromMs: outage.sinceMs, untilMs }]));
    dropOldest(this.#past);
    return true;
  }
}

/** Too many of them: the two that lie closest together become one. Mail may then wait a little longer, never shorter. */
function withinBound(outages: readonly PastOutage[]): readonly PastOutage[] {
  if (outages.length <= maxPastOutages) return outages;
  let closest = 1;
  for (let at = 2; at < outages.length; at += 1) if (gapMs(outages, at) < gapMs(outages, closest)) closest = at;
  return outages.flatMap((outage, at) => {
    const next = outages[closest];
    if (at === closest) return [];
    return at === closest - 1 && next !== undefined ? [{ fromMs: outage.fromMs, untilMs: next.untilMs }] : [outage];
  });
}

const gapMs = (outages: readonly PastOutage[], at: number): number =>
  (outages[at]?.fromMs ?? 0) - (outages[at - 1]?.untilMs ?? 0);

function dropOldest(map: Map<string, unknown>): void {
  for (const name of map.keys()) {
    if (map.size <= maxDestinations) return;
    map.delete(name);
  }
}
