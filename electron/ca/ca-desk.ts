/** The state behind the calls: one reading of the computer, and what was changed from here. */

import type { ContractClient } from '../../shared/contract/client.ts';
import type { CaStatus, ExitModuleSettings } from '../../shared/contract/computer/exit-module-calls.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import type { Disk } from '../base/disk.ts';
import type { Clock, EventLog, Log } from '../base/ports.ts';
import { failuresCommand, type MailFailure, parseFailures } from './event-log.ts';
import { exitModuleOf } from './exit-module.ts';
import { findProblems } from './find-problems.ts';
import { type CaReading, isPortBlocked, readCa } from './read-ca.ts';
import { relayFacts } from './relay-facts.ts';
import type { CaChange, RollbackFile } from './rollback-file.ts';
import {
  allowPortCommands,
  blockPortCommands,
  portBlockedCommand,
  publishCrlCommand,
  restartCommands,
  shownCommand,
  type WindowsPrograms,
} from './windows-programs.ts';

export interface ExitModuleOptions {
  readonly isWindows: boolean;
  /** Null when Windows does not say. */
  readonly systemRoot: string | null;
  readonly runner: CommandRunner;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  readonly eventLog: EventLog;
  /** Of the relay; keeps the old values. */
  readonly dataFolder: string;
  readonly computerName: string;
  readonly ownAddresses: () => readonly string[];
  /** This process may change the computer. */
  readonly elevated: () => Promise<boolean>;
  /** Null when none runs. Whoever made it closes it. */
  readonly relay: () => Promise<ContractClient | null>;
  /** Different at every call. */
  readonly token: () => string;
  /** The exit module knows no other port than 25; tests do. */
  readonly smtpPort?: number;
}

export interface CaDesk extends ExitModuleOptions {
  readonly programs: WindowsPrograms;
  readonly rollbackFile: RollbackFile;
}

export const smtpPortOf = ({ smtpPort = 25 }: ExitModuleOptions): number => smtpPort;

/** Null where there is no certification authority to read. */
export const readingOf = async (desk: CaDesk): Promise<CaReading | null> =>
  desk.isWindows ? await readCa(desk) : null;

export const settingsOf = (reading: CaReading | null): ExitModuleSettings | null =>
  reading === null || reading.keys === null ? null : exitModuleOf(reading.keys);

const recentMs = 24 * 3_600_000;

export async function caStatus(desk: CaDesk): Promise<CaStatus> {
  const { programs, isWindows } = desk;
  const reading = await readingOf(desk);
  const settings = settingsOf(reading);
  const state = stateOf(reading);
  const lastChange = await lastChangeOf(desk, reading);
  const serviceState = reading?.serviceState ?? 'notInstalled';
  const clustered = reading?.clustered ?? 'no';
  const failures = state === 'ready' ? await mailFailures(desk, recentMs) : null;
  return {
    state,
    elevated: await desk.elevated(),
    computerName: desk.computerName,
    serviceState,
    clustered,
    settings,
    findings: findProblems({
      state,
      serviceState,
      clustered,
      settings,
      lastChange,
      isServerCore: reading?.isServerCore ?? false,
      ownAddresses: desk.ownAddresses(),
      computerName: desk.computerName,
      relay: await relayFacts(desk.relay),
      relayPort: smtpPortOf(desk),
      recentFailures: summaryOf(failures),
    }),
    lastChange,
    commands: {
      restart: restartCommands(programs).map(shownCommand),
      blockPort: blockPortCommands(programs).map(shownCommand),
      allowPort: allowPortCommands(programs).map(shownCommand),
      publishCrl: [shownCommand(publishCrlCommand(programs))],
    },
    portBlocked: isWindows ? isPortBlocked(await desk.runner.run(portBlockedCommand(programs))) : null,
  };
}

export function stateOf(reading: CaReading | null): CaStatus['state'] {
  if (reading === null) return 'notWindows';
  if (reading.keys !== null) return 'ready';
  return reading.serviceState === 'notInstalled' ? 'noCa' : 'unreadable';
}

function summaryOf(failures: readonly MailFailure[] | null) {
  const [latest] = failures ?? [];
  if (failures === null) return null;
  return { count: failures.length, errorCode: latest?.errorCode ?? '', atMs: latest?.atMs ?? 0 };
}

/** Null when the log may not be read. */
export async function mailFailures(desk: CaDesk, withinMs: number): Promise<readonly MailFailure[] | null> {
  const { exitCode, stdout } = await desk.runner.run(failuresCommand(desk.programs, withinMs));
  return exitCode === 0 ? parseFailures(stdout) : null;
}

/** Changes of this certification authority: those of another one that was here before can't be taken back. */
export const changesOf = (changes: readonly CaChange[], reading: CaReading | null): readonly CaChange[] =>
  changes.filter(({ caName }) => caName === reading?.keys?.caName);

async function lastChangeOf(desk: CaDesk, reading: CaReading | null): Promise<CaStatus['lastChange']> {
  try {
    const last = changesOf(await desk.rollbackFile.read(), reading).at(-1);
    if (last === undefined) return null;
    // Another process has read the settings anew, whoever restarted it.
    const restartPending = last.processId !== null && last.processId === reading?.serviceProcessId;
    return { atMs: last.atMs, restartPending };
  } catch (error) {
    // Without rights the file of the service is closed; the rest of the status is worth having.
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** @throws {ProblemError} 'notPossible' */
export async function requireRights(desk: CaDesk, what: string): Promise<void> {
  if (!desk.isWindows) {
    throw problem('notPossible', `${what} is possible on Windows only. Copy the commands and run them on the server.`);
  }
  if (await desk.elevated()) return;
  throw problem(
    'notPossible',
    `${what} needs administrator rights. Start the console or the prompt as administrator, or copy the commands.`,
  );
}
