/** The folders other programs put files into or take them from: there from the start on, not with the first mail. */
import { dirname } from 'node:path';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';

export interface MailFoldersOptions {
  readonly id: ServerId;
  readonly mailroot: string;
  /** By the settings of this moment. */
  readonly folders: () => readonly string[];
  readonly ports: Pick<Ports, 'disk' | 'log'>;
}

export interface MailFolders {
  /** Never throws. Does not wait for folders outside of the mailroot: they may be on a share that takes its time. */
  make(): Promise<void>;
  /** Waits for those as well. */
  settled(): Promise<void>;
}

export function createMailFolders({ id, mailroot, folders, ports }: MailFoldersOptions): MailFolders {
  const { disk, log } = ports;
  const making = new Map<string, Promise<void>>();

  const makeOne = async (folder: string): Promise<void> => {
    await disk
      .ensureFolder(folder)
      .catch((error: unknown) => log.error('mail folder not made', error, { server: id, folder }));
    making.delete(folder);
  };

  return {
    async make() {
      const own: Promise<void>[] = [];
      for (const folder of folders()) {
        const made = making.get(folder) ?? makeOne(folder);
        making.set(folder, made);
        if (dirname(folder) === mailroot) own.push(made);
      }
      await Promise.all(own);
    },
    async settled() {
      await Promise.all(making.values());
    },
  };
}
