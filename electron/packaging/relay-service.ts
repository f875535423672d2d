/** The relay as a service: from the first word to the service control manager to the last. */

import { serviceFailedEventId } from '../../shared/contract/alerts.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { EventLog, Log } from '../base/ports.ts';
import type { ServiceControlManager } from './service-control-manager.ts';
import { serviceName } from './service-facts.ts';

export interface RelayServiceOptions {
  /** @throws {ProblemError} why the relay can't run. */
  readonly openRelay: () => Promise<{ stop(): Promise<void> }>;
  /** Null where the operating system has none: signals are all there is. */
  readonly controlManager: ServiceControlManager | null;
  readonly stopWanted: Promise<void>;
  readonly log: Log;
  readonly eventLog: EventLog;
  /** Somebody may look: one sentence. */
  readonly complain: (sentence: string) => void;
}

/** How long Windows waits for the next word. */
const changeHintMs = 60_000;
const failedExitCode = 1;

/** Runs until somebody wants the end. @returns the exit code. */
export async function runRelayService(options: RelayServiceOptions): Promise<number> {
  let wantStop = (): void => {};
  const stopWanted = new Promise<void>((resolve) => {
    wantStop = resolve;
  });
  void options.stopWanted.then(wantStop);
  // First of all: Windows gives up on a process that says nothing for 30 seconds.
  const session = (await options.controlManager?.connect(serviceName, wantStop)) ?? null;
  session?.report({ state: 'starting', waitHintMs: changeHintMs });
  let exitCode = 0;
  try {
    const relay = await options.openRelay();
    session?.report({ state: 'running' });
    await stopWanted;
    session?.report({ state: 'stopping', waitHintMs: changeHintMs });
    await relay.stop();
  } catch (error) {
    exitCode = failedExitCode;
    explain(error, options);
  }
  session?.report({ state: 'stopped', exitCode });
  await session?.ended;
  return exitCode;
}

function explain(error: unknown, { log, eventLog, complain }: RelayServiceOptions): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof ProblemError) complain(reason);
  else log.error('service failed', error);
  eventLog.write({ eventId: serviceFailedEventId, severity: 'error', text: `The relay does not run: ${reason}` });
}
