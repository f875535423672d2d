/** The service of the computer this process runs on. */

import { existsSync } from 'node:fs';
import { problem } from '../../shared/contract/problem.ts';
import { nodeCommandRunner } from '../base/command-runner.ts';
import type { Ports } from '../base/ports.ts';
import { defaultDataFolder } from '../host/data-folder.ts';
import { asAdministrator, elevationRefused } from './elevation.ts';
import { isPortable } from './portable.ts';
import type { ServiceControl } from './service-control.ts';
import { createSystemdService } from './systemd-service.ts';
import { createWindowsService } from './windows-service.ts';

/** @throws {ProblemError} 'notPossible' where there are no services of ours. */
export function serviceControl({ clock, disk }: Pick<Ports, 'clock' | 'disk'>): ServiceControl {
  const runner = nodeCommandRunner;
  switch (process.platform) {
    case 'win32':
      return createWindowsService({
        runner,
        clock,
        systemRoot: process.env.SystemRoot ?? null,
        defaultDataFolder: defaultDataFolder(),
        ensureFolder: (folder) => disk.ensureFolder(folder),
      });
    case 'linux':
      return createSystemdService({ runner });
    default:
      throw problem('notPossible', 'The relay can be a service on Windows and Linux only.', {
        parameters: { reason: 'system' },
      });
  }
}

/**
 * The program a service starts.
 * @throws {ProblemError} 'notPossible' for a checkout: a service must not depend on somebody's folder.
 */
export function installedProgram(): string {
  const isPackaged = process.versions.electron !== undefined && Reflect.get(process, 'defaultApp') !== true;
  const facts = {
    platform: process.platform,
    executable: process.execPath,
    appImage: process.env.APPIMAGE,
    exists: existsSync,
  };
  if (isPackaged && isPortable(facts)) {
    throw problem(
      'notPossible',
      'This is the portable application. A service must not depend on a folder that may be moved: install the application with its installer first.',
      { parameters: { reason: 'portable' } },
    );
  }
  if (isPackaged) return process.execPath;
  throw problem('notPossible', 'Only the installed application can be a service; this one runs from a checkout.', {
    parameters: { reason: 'checkout' },
  });
}

/** This command line again, with administrator rights. @returns its exit status; null where nobody could be asked. */
export async function runElevated(args: readonly string[]): Promise<number | null> {
  if (process.platform !== 'win32') throw problem('notPossible', 'Run the command with sudo: only Windows can ask.');
  const command = asAdministrator(process.env.SystemRoot ?? null, installedProgram(), ['--cli', ...args]);
  const { exitCode } = await nodeCommandRunner.run(command);
  return exitCode === elevationRefused ? null : exitCode;
}
