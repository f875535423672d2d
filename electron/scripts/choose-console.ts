/** Which console `npm start` opens on this machine. Pure. */

export interface ConsoleFacts {
  /** Asked for with --browser. */
  readonly browserWanted: boolean;
  readonly hasDisplay: boolean;
  readonly runtimePresent: boolean;
  readonly rootOnLinux: boolean;
}

export type ConsoleChoice =
  | { readonly kind: 'electron' }
  /** There is a display to show it on, so the runtime is worth a download. */
  | { readonly kind: 'fetchElectron' }
  /** `reason` is one sentence for the terminal; null when nobody needs one. */
  | { readonly kind: 'browser'; readonly reason: string | null };

const browser = (reason: string | null): ConsoleChoice => ({ kind: 'browser', reason });

export function chooseConsole(facts: ConsoleFacts): ConsoleChoice {
  if (facts.browserWanted) return browser(null);
  if (!facts.hasDisplay)
    return browser('This session has no display for the desktop window: opening the browser console.');
  // Running without the sandbox is no choice: the window shows mail that strangers wrote.
  if (facts.rootOnLinux) {
    return browser('The desktop window does not run as root, where its sandbox is off: opening the browser console.');
  }
  return { kind: facts.runtimePresent ? 'electron' : 'fetchElectron' };
}

export const hasDisplay = (platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean =>
  platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
