/** The address of the local pipe of a relay: one per data folder, found by every client without asking anybody. Pure. */
import { createHash } from 'node:crypto';
import { posix, win32 } from 'node:path';

export interface PipeAddressFacts {
  readonly platform: NodeJS.Platform;
  /** Absolute path. */
  readonly dataFolder: string;
  /** The one that is used when nobody names a folder. */
  readonly defaultDataFolder: string;
}

/**
 * `\\.\pipe\smtp-relay` on Windows (with a suffix for any folder but the default one), a socket in the data folder
 * elsewhere. The socket is as private as the folder, so a long path is no reason to move it to a shared place:
 * `local-socket.ts` reaches it by a short name.
 */
export function pipeAddressFor({ platform, dataFolder, defaultDataFolder }: PipeAddressFacts): string {
  if (platform !== 'win32') return posix.join(dataFolder, 'relay.sock');
  const name = folderName(dataFolder);
  return name === folderName(defaultDataFolder) ? windowsPipe : `${windowsPipe}-${shortHash(name)}`;
}

const windowsPipe = '\\\\.\\pipe\\smtp-relay';

/** Windows does not tell upper from lower case, nor `\` from `/`, and a closing `\` means nothing. */
const folderName = (folder: string): string => win32.resolve(folder).toLowerCase();

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
