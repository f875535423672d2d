/** The application once more, with administrator rights, in the place of this one. */
import type { CommandRunner } from '../base/command-runner.ts';
import type { Clock } from '../base/ports.ts';
import { elevationRefused, startAsAdministrator } from '../packaging/elevation.ts';
import type { DesktopOptions } from './desktop-options.ts';

export interface RestartFacts {
  readonly executable: string;
  /** Null for a packaged application, which knows its own. */
  readonly appFolder: string | null;
  /** Absolute; null for the default one. */
  readonly dataFolder: string | null;
  readonly listen: DesktopOptions['listen'];
  readonly processId: number;
  readonly systemRoot: string | null;
}

/** @returns false when the person declined, or nobody may be asked. @throws {ProblemError} when Windows can't ask. */
export async function startElevated(commands: CommandRunner, facts: RestartFacts): Promise<boolean> {
  const { executable, appFolder, dataFolder, listen, processId, systemRoot } = facts;
  const args = [
    ...(appFolder === null ? [] : [appFolder]),
    ...(dataFolder === null ? [] : ['--data', dataFolder]),
    ...listen.flatMap((endpoint) => ['--listen', endpoint]),
    ...['--after', String(processId)],
  ];
  const { exitCode } = await commands.run(startAsAdministrator(systemRoot, executable, args));
  return exitCode !== elevationRefused;
}

/** Longer than the other one gives its relay to stop. */
const limitMs = 40_000;
const pauseMs = 100;

/**
 * Waits for the end of the process that started this one: it holds data folder, tray and the place of the single instance.
 * @param isAlive  false once there is no such process.
 */
export async function processEnded(isAlive: () => boolean, clock: Clock): Promise<void> {
  const giveUpAtMs = clock.now() + limitMs;
  while (isAlive() && clock.now() < giveUpAtMs) await new Promise<void>((resolve) => clock.after(pauseMs, resolve));
}
