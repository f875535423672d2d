/** Where a virtual server keeps its mail. */
import { join } from 'node:path';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

/** The folder above the usual home directories. */
export const mailrootsFolder = (dataFolder: string): string => join(dataFolder, 'mailroot');

/** `<data>/mailroot/<server>`, unless the administrator chose another folder. */
export function mailrootOf(dataFolder: string, serverId: ServerId, values: Partial<ServerSettings>): string {
  const chosen = values['general.mailroot'] ?? '';
  return chosen === '' ? join(mailrootsFolder(dataFolder), serverId) : chosen;
}
