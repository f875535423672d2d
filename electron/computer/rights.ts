/** Whether this process may change the computer: an elevated administrator of Windows, root elsewhere. */
import { win32 } from 'node:path';
import type { CommandRunner } from '../base/command-runner.ts';

export interface RightsOptions {
  readonly commands: CommandRunner;
  readonly platform: NodeJS.Platform;
  /** 'C:\Windows'; null when Windows does not say. */
  readonly systemRoot: string | null;
  /** Effective; null on Windows, which has none. */
  readonly userId: number | null;
}

/** Integrity levels 'high' and 'system', by their numbers: names are translated. */
const elevatedLevel = /\bS-1-16-(12288|16384)\b/;

/** Asked once: a process keeps the rights it was started with. */
export function createElevatedCheck(options: RightsOptions): () => Promise<boolean> {
  let answer: Promise<boolean> | null = null;
  return () => {
    answer ??= isElevated(options);
    return answer;
  };
}

async function isElevated({ commands, platform, systemRoot, userId }: RightsOptions): Promise<boolean> {
  if (platform !== 'win32') return userId === 0;
  try {
    const { exitCode, stdout } = await commands.run({
      file: win32.join(systemRoot ?? 'C:\\Windows', 'System32', 'whoami.exe'),
      args: ['/groups', '/fo', 'csv', '/nh'],
    });
    return exitCode === 0 && elevatedLevel.test(stdout);
  } catch {
    return false; // what needs rights then fails with the words of Windows
  }
}
