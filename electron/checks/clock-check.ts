/** The clock: it decides when mail is tried again and whether a certificate is valid. No network is asked for the time. */
import { join } from 'node:path';
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import { linuxTime, timeService } from './system-programs.ts';
import { type CheckOptions, finding } from './types.ts';

type ClockOptions = Pick<CheckOptions, 'platform' | 'systemRoot' | 'runner' | 'ports' | 'dataFolder'>;

export const clockFindings = async (options: ClockOptions): Promise<CheckFinding[]> => [
  await synchronised(options),
  ...(await behind(options)),
];

async function synchronised({ platform, systemRoot, runner }: ClockOptions): Promise<CheckFinding> {
  if (platform === 'win32') {
    const { exitCode, stdout } = await runner.run(timeService(systemRoot));
    const state = exitCode === 0 ? parseTimeStatus(stdout) : null;
    if (state === null)
      return isNotStarted(exitCode) ? finding('clockUnserved', 'note') : finding('clockUnread', 'skipped');
    return state ? finding('clockSynchronised', 'ok') : finding('clockNotSynchronised', 'warning');
  }
  try {
    const { exitCode, stdout } = await runner.run(linuxTime);
    const word = exitCode === 0 ? stdout.trim() : '';
    if (word === 'yes') return finding('clockSynchronised', 'ok');
    return word === 'no' ? finding('clockNotSynchronised', 'warning') : finding('clockUnread', 'skipped');
  } catch (error) {
    if (error instanceof ProblemError) return finding('clockUnread', 'skipped');
    throw error;
  }
}

/** ERROR_SERVICE_NOT_ACTIVE as an HRESULT; Node shows the exit code of Windows without a sign. */
const isNotStarted = (exitCode: number): boolean => exitCode >>> 0 === 0x8007_0426;

/**
 * @param text  of `w32tm.exe /query /status`. Labels are translated, their order is not: leap indicator, stratum. Leap 3 and
 * stratum 0 both say that the clock follows nobody; stratum 1 from 'LOCL' does the same.
 * @returns null when it is something else
 */
export function parseTimeStatus(text: string): boolean | null {
  const [leap, stratum] = text
    .split(/\r?\n/)
    .flatMap((line) => /^[^:]+:\s*(\d+)\s*\(/.exec(line)?.[1] ?? [])
    .map(Number);
  if (leap === undefined || stratum === undefined) return null;
  return leap !== 3 && stratum > 0 && !/0x4C4F434C/i.test(text);
}

const hourMs = 3_600_000;

/** A file that was written in the future: the clock was set back since, or had been wrong. */
async function behind({ ports: { clock, disk }, dataFolder }: ClockOptions): Promise<CheckFinding[]> {
  const file = join(dataFolder, 'settings.json');
  const writtenAtMs = await disk.modifiedAtMs(file).catch(() => 0);
  const hours = Math.floor((writtenAtMs - clock.now()) / hourMs);
  return hours < 1 ? [] : [finding('clockBehind', 'problem', { file, hours })];
}
