/** Shows an address in the default browser. Nothing depends on it: the address is in the terminal as well. */
import { spawn } from 'node:child_process';
import { win32 } from 'node:path';

type Command = readonly [program: string, ...args: string[]];

/** Absolute programs and no shell: an address is data. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Command {
  switch (platform) {
    case 'win32':
      return [
        win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32', 'rundll32.exe'),
        'url.dll,FileProtocolHandler',
        address,
      ];
    case 'darwin':
      return ['/usr/bin/open', address];
    default:
      return ['/usr/bin/xdg-open', address];
  }
}

export function openBrowser(address: string): void {
  const [program, ...args] = browserCommand(address, process.platform, process.env);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
