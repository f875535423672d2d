/**
 * Conditions as entries of the operating system's event log: when one begins, once a day while it lasts, and when it has
 * ended. The way to the administrator that does not lead through the mail gateway.
 */
import {
  conditionEndedEventId,
  relayStartedEventId,
  relayStoppedEventId,
  warningEvents,
} from '../../shared/contract/alerts.ts';
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Warning } from '../../shared/contract/servers.ts';
import type { Ports, SystemEvent } from '../base/ports.ts';

export interface AlertOptions {
  readonly ports: Pick<Ports, 'clock' | 'eventLog' | 'log'>;
  /** The conditions of this moment. */
  readonly look: () => Promise<readonly Warning[]>;
}

export interface Alerts {
  start(): void;
  stop(): Promise<void>;
}

const lookEveryMs = 30_000;
const repeatAfterMs = 24 * 3_600_000;
/** A condition that comes and goes is not worth more than an entry in this time. */
const quietMs = 5 * 60_000;
const maxConditions = 10_000;

interface Condition {
  readonly warning: Warning;
  /** When the last entry about it was written. */
  readonly writtenAtMs: EpochMs;
  /** False once it has ended; kept for the quiet time. */
  readonly lasts: boolean;
}

export function createAlerts({ ports, look }: AlertOptions): Alerts {
  const { clock, eventLog, log } = ports;
  let conditions: ReadonlyMap<string, Condition> = new Map();
  let cancel = (): void => undefined;
  let looking: Promise<void> = Promise.resolve();
  let running = false;

  const lookNow = async (): Promise<void> => {
    try {
      const { next, events } = compare(conditions, await look(), clock.now());
      conditions = next;
      for (const event of events) eventLog.write(event);
    } catch (error) {
      log.error('alerts not looked at', error);
    }
    if (running) cancel = clock.after(lookEveryMs, run);
  };
  const run = (): void => {
    looking = lookNow();
  };

  return {
    start() {
      running = true;
      eventLog.write({
        eventId: relayStartedEventId,
        severity: 'information',
        text: 'SMTP Relay Manager has started.',
      });
      run();
    },
    async stop() {
      running = false;
      cancel();
      await looking;
      cancel();
      eventLog.write({
        eventId: relayStoppedEventId,
        severity: 'information',
        text: 'SMTP Relay Manager has stopped.',
      });
    },
  };
}

/** What has begun, gone on for another day or ended since the last look. Pure. */
export function compare(
  before: ReadonlyMap<string, Condition>,
  warnings: readonly Warning[],
  nowMs: EpochMs,
): { readonly next: ReadonlyMap<string, Condition>; readonly events: readonly SystemEvent[] } {
  const next = new Map<string, Condition>();
  const events: SystemEvent[] = [];
  for (const warning of warnings.slice(0, maxConditions)) {
    const key = keyOf(warning);
    const known = before.get(key);
    const waitMs = known?.lasts === true ? repeatAfterMs : quietMs;
    const isQuiet = known !== undefined && nowMs >= known.writtenAtMs && nowMs - known.writtenAtMs < waitMs;
    if (!isQuiet) events.push({ ...warningEvents[warning.code], text: warning.message });
    next.set(key, { warning, writtenAtMs: isQuiet ? known.writtenAtMs : nowMs, lasts: isQuiet ? known.lasts : true });
  }
  for (const [key, { warning, writtenAtMs, lasts }] of before) {
    if (next.has(key)) continue;
    if (lasts) {
      events.push({
        eventId: conditionEndedEventId,
        severity: 'information',
        text: `No longer so: ${warning.message}`,
      });
    }
    if (nowMs - writtenAtMs < quietMs) next.set(key, { warning, writtenAtMs, lasts: false });
  }
  return { next, events };
}

/** The same condition although its numbers change. */
const keyOf = ({ code, serverId, parameters }: Warning): string =>
  JSON.stringify([code, serverId, parameters.endpoint ?? parameters.nextHop ?? parameters.file ?? null]);
