/** The settings file: one owner, checked on load, saved atomically, with a history. */
import type { ServerId } from '../../shared/contract/messages.ts';
import type { SettingsHistoryEntry } from '../../shared/contract/servers.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings, SettingKey } from '../../shared/settings/server-settings.ts';

export interface ServerSettingsSnapshot {
  readonly revision: number;
  readonly values: ServerSettings;
  /** Keys given for this run only; they win over the file and are never written to it. */
  readonly overridden: readonly SettingKey[];
}

export interface ImportedSettings {
  readonly serverId: ServerId;
  readonly changes: readonly { readonly key: SettingKey; readonly before: unknown; readonly after: unknown }[];
  readonly snapshot: ServerSettingsSnapshot;
}

/**
 * Implemented in settings-store.ts. Two servers never have the same endpoint or home directory: a change that would make it
 * so is refused with the other server's name.
 */
export interface SettingsStore {
  serverIds(): readonly ServerId[];
  /** Of the file as a whole. */
  readonly revision: number;
  /** @throws {ProblemError} 'unknownSetting', 'invalidSetting', 'notPossible' when no number is left, 'storage' */
  create(values: Partial<ServerSettings>): Promise<ServerId>;
  /** @throws {ProblemError} 'notFound', 'notPossible' for the last one, 'storage' */
  remove(serverId: ServerId): Promise<void>;
  /** Text for `importServer`; no secrets. @throws {ProblemError} 'notFound' */
  exportServer(serverId: ServerId): string;
  /**
   * All settings become those of the text; what it does not name gets its default. State, listeners and home directory of
   * an existing server stay. With `preview` nothing is changed, and the snapshot is what would be in force.
   * @param serverId  Null: a new server, stopped.
   * @throws {ProblemError} 'badArgument' when the text is no export, 'unknownSetting', 'invalidSetting', 'storage'
   */
  importServer(
    serverId: ServerId | null,
    text: string,
    options: { readonly preview: boolean },
  ): Promise<ImportedSettings>;
  /** The latest first; a file of the history that this version cannot read is left out. @throws {ProblemError} 'storage' */
  history(): Promise<readonly SettingsHistoryEntry[]>;
  /** @returns the new revision. @throws {ProblemError} 'conflict', 'notFound', 'storage' */
  rollback(revision: number, toRevision: number): Promise<number>;
  /** A virtual server came or went. */
  onServers(listener: () => void): () => void;
  /** @throws {ProblemError} 'notFound' */
  get(serverId: ServerId): ServerSettingsSnapshot;
  /**
   * Checks and saves some values. The previous file goes into the history first.
   * @throws {ProblemError} 'conflict' for an old revision, 'unknownSetting' or 'invalidSetting' with `field`, 'storage'.
   */
  save(
    serverId: ServerId,
    revision: number,
    changes: Readonly<Partial<Record<string, unknown>>>,
  ): Promise<ServerSettingsSnapshot>;
  onChange(listener: (serverId: ServerId) => void): () => void;
}

export type SettingOverrides = Partial<ServerSettings>;

/**
 * Secrets of all servers: `secrets.json` in the data folder, readable for this account only. Implemented in
 * secret-store.ts as openSecrets({ dataFolder, ports }): Promise<SecretStore>.
 */
export interface SecretStore {
  names(serverId: ServerId): readonly SecretName[];
  /** With those as well that can't be opened on this computer: they count as not set. */
  storedNames(serverId: ServerId): readonly SecretName[];
  /** The value; for a user the slow hash. Null when it is not set. */
  get(serverId: ServerId, name: SecretName): string | null;
  /** Users' passwords are hashed here. Null removes it. @throws {ProblemError} 'storage' */
  set(serverId: ServerId, name: SecretName, value: string | null): Promise<void>;
  /** All of a server that is deleted. */
  removeServer(serverId: ServerId): Promise<void>;
  onChange(listener: (serverId: ServerId, name: SecretName) => void): () => void;
}
