/** What two virtual servers cannot share: an endpoint, a home directory, a Pickup folder. Pure. */
import { join, posix, win32 } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { ServerId } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { formatEndpoint, parseEndpoint } from '../../shared/settings/address.ts';
import { quoted } from '../../shared/settings/check-setting.ts';
import { type ServerSettings, type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import { mailrootOf } from './mailroot.ts';
import { changedKeys, completeValues } from './settings-changes.ts';
import type { SettingsFile } from './settings-file.ts';

const endpointKeys = ['general.listen', 'general.listenTls'] as const;

/**
 * Looks only at what a change touches: a conflict that somebody wrote into the file by hand must not keep everything
 * else from being changed. As in IIS '*:25' and '127.0.0.1:25' are two endpoints; Windows tells them apart.
 * @param serverId  The server that gets new values in `after`.
 * @throws {ProblemError} 'invalidSetting' naming the other server.
 */
export function checkConflicts(
  dataFolder: string,
  before: SettingsFile,
  after: SettingsFile,
  serverId: ServerId,
): void {
  const [old, values] = [before.servers.get(serverId), valuesOf(after, serverId)];
  const changed = new Set(old === undefined ? settingKeys : changedKeys(old, values));
  const isNew = (key: SettingKey): boolean => changed.has(key);
  if (endpointKeys.some(isNew)) checkEndpoints(after, serverId, values);
  if (isNew('general.mailroot')) checkMailroot(dataFolder, after, serverId, values);
  for (const key of folderKeys) if (isNew(key)) checkPickup(dataFolder, after, serverId, key);
}

const folderKeys = ['messages.pickupFolder', 'messages.badmailFolder', 'domains.dropFolder'] as const;

/** What is in a Pickup folder is sent and taken away: from two servers twice, and mail of another folder once more. */
function checkPickup(
  dataFolder: string,
  file: SettingsFile,
  serverId: ServerId,
  key: (typeof folderKeys)[number],
): void {
  const folders = [...file.servers.keys()].flatMap((id) => mailFoldersOf(dataFolder, id, valuesOf(file, id)));
  const own = folders.find((folder) => folder.serverId === serverId && folder.key === key);
  if (own === undefined) return;
  const other = folders.find(
    (folder) =>
      folder !== own && folderIdentity(folder.path) === folderIdentity(own.path) && (folder.isPickup || own.isPickup),
  );
  if (other === undefined) return;
  const owner = other.serverId === serverId ? 'this server' : nameOf(other.serverId, valuesOf(file, other.serverId));
  const use = other.isPickup ? 'the Pickup folder' : 'a mail folder';
  throw conflict(key, `${quoted(own.path)} is already ${use} of ${owner}. Choose another folder.`);
}

interface MailFolder {
  readonly serverId: ServerId;
  readonly key: (typeof folderKeys)[number] | null;
  readonly path: string;
  readonly isPickup: boolean;
}

function mailFoldersOf(dataFolder: string, serverId: ServerId, values: ServerSettings): readonly MailFolder[] {
  const mailroot = mailrootOf(dataFolder, serverId, values);
  const folder = (key: MailFolder['key'], name: string): MailFolder => ({
    serverId,
    key,
    path: (key === null ? '' : values[key]) || join(mailroot, name),
    isPickup: key === 'messages.pickupFolder',
  });
  return [
    folder('messages.pickupFolder', 'Pickup'),
    folder('messages.badmailFolder', 'Badmail'),
    folder('domains.dropFolder', 'Drop'),
    ...['Queue', 'Damaged', 'Trash'].map((name) => folder(null, name)),
  ];
}

function checkEndpoints(file: SettingsFile, serverId: ServerId, values: ServerSettings): void {
  const encrypted = new Set(values['general.listenTls'].map(endpointIdentity));
  const both = values['general.listen'].find((text) => encrypted.has(endpointIdentity(text)));
  if (both !== undefined) {
    throw conflict(
      'general.listenTls',
      `${quoted(both)} is in the list of this server with TLS and in the one without. Leave it in one of them.`,
    );
  }
  for (const otherId of file.servers.keys()) {
    if (otherId === serverId) continue;
    const other = valuesOf(file, otherId);
    const used = new Set(endpointKeys.flatMap((key) => other[key].map(endpointIdentity)));
    for (const key of endpointKeys) {
      const taken = values[key].find((text) => used.has(endpointIdentity(text)));
      if (taken !== undefined) throw conflict(key, `${quoted(taken)} is already used by ${nameOf(otherId, other)}.`);
    }
  }
}

function checkMailroot(dataFolder: string, file: SettingsFile, serverId: ServerId, values: ServerSettings): void {
  const folder = mailrootOf(dataFolder, serverId, values);
  for (const otherId of file.servers.keys()) {
    if (otherId === serverId) continue;
    const other = valuesOf(file, otherId);
    if (folderIdentity(mailrootOf(dataFolder, otherId, other)) !== folderIdentity(folder)) continue;
    throw conflict('general.mailroot', `${quoted(folder)} is already the home directory of ${nameOf(otherId, other)}.`);
  }
}

const valuesOf = (file: SettingsFile, serverId: ServerId): ServerSettings => completeValues(file.servers.get(serverId));

/** '[::1]:25' and '[0:0:0:0:0:0:0:1]:25' are one. */
function endpointIdentity(text: string): string {
  const endpoint = parseEndpoint(text);
  if (endpoint === null) return text;
  const { address, port } = endpoint;
  return formatEndpoint({ address: address === '*' ? address : ipaddr.parse(address).toString(), port });
}

/** Windows knows no upper and lower case in paths, and takes both slashes. */
const folderIdentity = (path: string): string =>
  /^[A-Za-z]:/.test(path) ? win32.resolve(path).toLowerCase() : posix.resolve(path);

const nameOf = (serverId: ServerId, values: ServerSettings): string =>
  `virtual server ${serverId} (${values['general.name']})`;

const conflict = (key: SettingKey, sentence: string): ProblemError =>
  problem('invalidSetting', `${key}: ${sentence}`, { field: key });
