/** Whether the SMTP service of IIS runs on this computer. */
import type { SmtpServiceState } from '../../shared/contract/computer/iis-import-calls.ts';
import type { CommandRunner } from '../base/command-runner.ts';
import { serviceCommand } from '../packaging/windows-commands.ts';
import { parseServiceStatus, windowsErrors } from '../packaging/windows-service-status.ts';

export interface WindowsFacts {
  /** 'C:\Windows'; null when Windows does not say. */
  readonly systemRoot: string | null;
}

/** @param windows  Null elsewhere, where nobody can know. Never throws. */
export async function smtpServiceState(
  commands: CommandRunner,
  windows: WindowsFacts | null,
): Promise<SmtpServiceState> {
  if (windows === null) return 'unknown';
  try {
    const { exitCode, stdout } = await commands.run(serviceCommand(windows.systemRoot, 'queryex', 'SMTPSVC'));
    if (exitCode === windowsErrors.noSuchService) return 'absent';
    const status = exitCode === 0 ? parseServiceStatus(stdout) : null;
    if (status === null) return 'unknown';
    // Starting, stopping or paused: it has the files.
    return status.state === 'stopped' ? 'stopped' : 'running';
  } catch {
    return 'unknown';
  }
}
