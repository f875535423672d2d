/** The settings file: one owner, checked on load, saved atomically, with a history. */
import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerSettings, SettingKey } from '../../shared/settings/server-settings.ts';

export interface ServerSettingsSnapshot {
  readonly revision: number;
  readonly values: ServerSettings;
  /** Keys given for this run only; they win over the file and are never written to it. */
  readonly overridden: readonly SettingKey[];
}

export interface SettingsStore {
  serverIds(): readonly ServerId[];
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
