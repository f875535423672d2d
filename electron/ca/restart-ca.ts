/**
 * Stops and starts the service of the certification authority. Never kills it: with mail that can't be sent it may take
 * minutes to stop, and ending its process would leave its database to be repaired.
 */
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import type { CommandResult, CommandRunner } from '../base/command-runner.ts';
import type { Clock } from '../base/ports.ts';
import type { ServiceRunState } from '../packaging/service-control.ts';
import { parseServiceStatus, windowsErrors } from '../packaging/windows-service-status.ts';
import { errorCodeOf, errorKindOf } from './windows-error.ts';
import { caService, type WindowsPrograms } from './windows-programs.ts';

export interface RestartOptions {
  readonly runner: CommandRunner;
  readonly programs: WindowsPrograms;
  readonly clock: Clock;
}

export interface RestartTimes {
  readonly stoppedAfterMs: number;
  readonly startedAfterMs: number;
}

const pollPauseMs = 500;
const changeLimitMs = 5 * 60_000;

/** @throws {ProblemError} 'notPossible' with the state the service is left in. */
export async function restartCa({ runner, programs, clock }: RestartOptions): Promise<RestartTimes> {
  const beganAtMs = clock.now();
  const change = async (verb: 'stop' | 'start', doneAlready: number): Promise<void> => {
    const result = await runner.run(programs.sc(verb, caService));
    if (result.exitCode !== 0 && result.exitCode !== doneAlready) throw refused(verb, result);
  };
  const reach = async (wanted: ServiceRunState): Promise<void> => {
    const giveUpAtMs = clock.now() + changeLimitMs;
    for (;;) {
      const { exitCode, stdout } = await runner.run(programs.sc('queryex', caService));
      const state = exitCode === 0 ? (parseServiceStatus(stdout)?.state ?? null) : null;
      if (state === wanted) return;
      // It had begun and has ended again: waiting will not help.
      if (wanted === 'running' && state === 'stopped') throw endedAgain();
      if (clock.now() >= giveUpAtMs) throw tooSlow(wanted, state);
      await new Promise<void>((resolve) => clock.after(pollPauseMs, resolve));
    }
  };
  await change('stop', windowsErrors.notActive);
  await reach('stopped');
  const stoppedAtMs = clock.now();
  await change('start', windowsErrors.alreadyRunning);
  await reach('running');
  return { stoppedAfterMs: stoppedAtMs - beganAtMs, startedAfterMs: clock.now() - stoppedAtMs };
}

const refused = (verb: 'stop' | 'start', result: CommandResult): ProblemError =>
  problem(
    'notPossible',
    errorKindOf(result) === 'accessDenied'
      ? `Windows does not let this account ${verb} the certification authority (${caService}): error 5. Nothing else was done.`
      : `Windows did not ${verb} the certification authority (${caService}): error ${errorCodeOf(result) || result.exitCode}. The System log has the reason.`,
    { parameters: { verb, errorCode: errorCodeOf(result) } },
  );

const endedAgain = (): ProblemError =>
  problem(
    'notPossible',
    `The certification authority (${caService}) has stopped and does not start. The Application and System logs have the reason; "ca rollback" takes the change of its mail back.`,
  );

const tooSlow = (wanted: ServiceRunState, state: ServiceRunState | null): ProblemError =>
  problem(
    'notPossible',
    `The certification authority (${caService}) is not ${wanted} after ${changeLimitMs / 60_000} minutes; it is ${state ?? 'in an unknown state'}. It was left alone: look at it in the Services window, and do not end its process.`,
    { parameters: { state: state ?? 'unknown' } },
  );
