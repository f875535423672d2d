/** Where the relay keeps everything, unless told otherwise. */
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { accessDeniedReason } from '../base/error-code.ts';

export interface DataFolderFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
  readonly isRoot: boolean;
}

/** `%ProgramData%\SmtpRelay` on Windows, `/var/lib/smtp-relay` for root elsewhere, else below the user's home folder. */
export function dataFolderFor({ platform, env, homeFolder, isRoot }: DataFolderFacts): string {
  if (platform === 'win32') return win32.join(env.ProgramData ?? 'C:\\ProgramData', 'SmtpRelay');
  return isRoot ? '/var/lib/smtp-relay' : posix.join(homeFolder, '.local', 'share', 'smtp-relay');
}

export const defaultDataFolder = (): string =>
  dataFolderFor({
    platform: process.platform,
    env: process.env,
    homeFolder: homedir(),
    isRoot: process.geteuid?.() === 0, // there is none on Windows
  });

/**
 * Creates the folder if there is none, for this account only.
 * @throws {ProblemError} 'storage'
 */
export async function prepareDataFolder(disk: Disk, dataFolder: string): Promise<void> {
  try {
    await disk.ensureFolder(dataFolder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw problem(
      'storage',
      `The data folder ${dataFolder} cannot be created: ${reason}. Choose another one with --data, or correct the rights.`,
      { parameters: { dataFolder, ...accessDeniedReason(error) } },
    );
  }
}
