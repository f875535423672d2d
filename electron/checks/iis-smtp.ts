/** The SMTP service of IIS: the old cure, and the usual reason why port 25 is taken. */
import { win32 } from 'node:path';
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { parseServiceStatus, windowsErrors } from '../packaging/windows-service-status.ts';
import { serviceQuery } from './system-programs.ts';
import { type CheckOptions, finding } from './types.ts';

export async function iisFindings({
  platform,
  systemRoot,
  runner,
  ports: { disk },
}: Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'ports'>): Promise<CheckFinding[]> {
  if (platform !== 'win32') return [];
  const { exitCode, stdout } = await runner.run(serviceQuery(systemRoot, 'SMTPSVC'));
  if (exitCode === windowsErrors.noSuchService) return [finding('iisSmtpAbsent', 'ok')];
  const state = exitCode === 0 ? parseServiceStatus(stdout)?.state : undefined;
  const folder = win32.join(win32.parse(systemRoot ?? 'C:\\Windows').root, 'inetpub', 'mailroot', 'Queue');
  const files = await disk.list(folder).catch(() => []);
  const count = files.filter(({ isFile }) => isFile).length;
  return [
    state === undefined || state === 'stopped'
      ? finding('iisSmtpInstalled', 'note')
      : finding('iisSmtpRuns', 'warning'),
    ...(count === 0 ? [] : [finding('iisQueueWaits', 'warning', { count, folder })]),
  ];
}
