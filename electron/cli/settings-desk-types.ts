/** What the commands ask of the settings, whether a relay runs or not. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';

export type SettingsSnapshot = AnswerOf<'settings.get'>;
export type ImportedSettings = AnswerOf<'settings.import'>;
export type HistoryEntry = AnswerOf<'settings.history'>[number];
export type SettingChanges = Partial<Record<SettingKey, unknown>>;

export interface SettingsDesk {
  /** A running relay has the settings, so that changes count at once. */
  readonly isRunning: boolean;
  get(): Promise<SettingsSnapshot>;
  /** @param edit  The changes to what is in force; nobody else changes it meanwhile unseen. */
  save(edit: (snapshot: SettingsSnapshot) => SettingChanges): Promise<SettingsSnapshot>;
  exportText(): Promise<string>;
  /** @param asNew  As a further virtual server instead of this one. */
  importText(text: string, options: { readonly asNew: boolean; readonly preview: boolean }): Promise<ImportedSettings>;
  history(): Promise<readonly HistoryEntry[]>;
  /** @returns the new revision. */
  rollback(toRevision: number): Promise<number>;
  /** Null removes it. */
  setSecret(name: SecretName, value: string | null): Promise<void>;
}
