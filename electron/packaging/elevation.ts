/**
 * Running our own program as administrator: Windows asks the person at the screen first. PowerShell is the only program of
 * Windows that asks and waits; it gets a text that never changes, and what differs through the environment, so that no
 * value can become a command.
 */
import { win32 } from 'node:path';
import type { Command } from '../base/command-runner.ts';
import { quoteWindowsArgument, type SystemRoot } from './windows-commands.ts';

/** ERROR_CANCELLED: the question was answered with No, or nobody may answer it. */
export const elevationRefused = 1223;

/** PowerShell joins arguments with blanks and quotes nothing: one finished line is given instead. */
const scriptThat = (...steps: readonly string[]): string =>
  ["$ErrorActionPreference = 'Stop'; try {", ...steps, `} catch { exit ${elevationRefused} }`].join(' ');

const startProcess =
  'Start-Process -FilePath $env:SMTP_RELAY_PROGRAM -ArgumentList $env:SMTP_RELAY_ARGUMENTS -Verb RunAs';
const runToItsEnd = scriptThat(`  $p = ${startProcess} -WindowStyle Hidden -Wait -PassThru;`, '  exit $p.ExitCode');
const startOnly = scriptThat(`  ${startProcess};`, '  exit 0');

/** Without a window. The exit code is that of the program, or `elevationRefused`. */
export const asAdministrator = (systemRoot: SystemRoot, program: string, args: readonly string[]): Command =>
  withPowerShell(systemRoot, runToItsEnd, program, args);

/** With its window, and without waiting for its end. The exit code is 0, or `elevationRefused`. */
export const startAsAdministrator = (systemRoot: SystemRoot, program: string, args: readonly string[]): Command =>
  withPowerShell(systemRoot, startOnly, program, args);

const withPowerShell = (systemRoot: SystemRoot, script: string, program: string, args: readonly string[]): Command => ({
  file: win32.join(systemRoot ?? 'C:\\Windows', 'System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
  // Not encoded: what watches over this computer should be able to read it.
  args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script],
  environment: {
    SMTP_RELAY_PROGRAM: program,
    SMTP_RELAY_ARGUMENTS: args.map(quoteWindowsArgument).join(' '),
  },
  // Somebody has to find the password.
  limitMs: 10 * 60_000,
});
