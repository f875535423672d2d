/** Starting with the user's session: the entry in the list that the system keeps. Pure. */
import type { LoginItemSettingsOptions } from 'electron';

export interface LogonItemFacts {
  readonly platform: NodeJS.Platform;
  readonly executable: string;
  /** Null for a packaged application, which knows its own. */
  readonly appFolder: string | null;
  /** Absolute; null for the default one. */
  readonly dataFolder: string | null;
  /** Tells the entries of several data folders apart. */
  readonly name: string;
}

/** What the entry starts; its name is Windows' own idea. */
export type LogonItem = Pick<LoginItemSettingsOptions, 'path' | 'args'> & { readonly name?: string };

/** Windows stores one command line, and leaves the quotes to us. A closing backslash would take the quote for a letter. */
const quoted = (path: string): string => `"${path.replace(/\\+$/, '$&$&')}"`;

/** Null where Electron knows of no such list. */
export function logonItem({ platform, executable, appFolder, dataFolder, name }: LogonItemFacts): LogonItem | null {
  if (platform === 'darwin') return {}; // starts the application itself, without arguments
  if (platform !== 'win32') return null;
  return {
    name,
    path: quoted(executable),
    args: [
      ...(appFolder === null ? [] : [quoted(appFolder)]),
      '--hidden',
      ...(dataFolder === null ? [] : ['--data', quoted(dataFolder)]),
    ],
  };
}
