/** Whether this process may change Windows. */
import { win32 } from 'node:path';
import type { CommandRunner } from '../base/command-runner.ts';

/** Mandatory levels "high" and "system": an administrator without elevation has "medium". Their names are translated. */
const levels = ['S-1-16-12288', 'S-1-16-16384'];

export async function isElevatedOnWindows(runner: CommandRunner, systemRoot: string | null): Promise<boolean> {
  const whoami = win32.join(systemRoot ?? 'C:\\Windows', 'System32', 'whoami.exe');
  const { stdout } = await runner.run({ file: whoami, args: ['/groups', '/fo', 'csv', '/nh'] });
  return levels.some((level) => stdout.includes(`"${level}"`));
}
