/** What the tabs of a property sheet share: the draft, its problems, secrets, and which settings hold for this run only. */
import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import type { SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings, SettingKey } from '../../shared/settings/server-settings.ts';
import type { DraftProblems } from './draft.ts';
import type { DraftProblem } from './draft-check.ts';
import type { Draft } from './draft-types.ts';
import type { SecretChanges, SecretState } from './secret-changes.ts';

/** Everything a person has changed and not yet applied. */
export interface SheetEdits {
  readonly draft: Draft;
  readonly secrets: SecretChanges;
}

export interface Sheet {
  readonly serverId: ServerId;
  /** For what a tab shows of the running server; undefined while it is not known. */
  readonly server: ServerStatus | undefined;
  /** The settings as they are saved. */
  readonly saved: ServerSettings;
  readonly draft: Draft;
  readonly change: <Key extends SettingKey>(key: Key, value: Draft[Key]) => void;
  readonly secretState: (name: SecretName) => SecretState;
  /** A value sets the secret with OK or Apply, null removes it, undefined leaves it as it is. */
  readonly changeSecret: (name: SecretName, value: string | null | undefined) => void;
  readonly edits: SheetEdits;
  /** Puts edits back, for Cancel in a dialog of the sheet. */
  readonly restore: (edits: SheetEdits) => void;
  /** Those that are shown: after a first try to save. */
  readonly problems: DraftProblems;
  /** Shows the problems from now on. True when these settings have none. */
  readonly judge: (keys: readonly SettingKey[]) => boolean;
  readonly isOverridden: (key: SettingKey) => boolean;
  /** A field tells that it is on the screen and shows its own problem; the answer takes that back. */
  readonly announceField: (key: SettingKey) => () => void;
}

export const SheetContext = createContext<Sheet | null>(null);

export function useSheet(): Sheet {
  const sheet = useContext(SheetContext);
  if (sheet === null) throw new Error('useSheet needs a property sheet around it');
  return sheet;
}

export const draftProblemText = (t: TFunction<'properties'>, problem: DraftProblem | undefined): string | undefined => {
  if (problem === undefined) return undefined;
  switch (problem.code) {
    case 'range':
      return t('problem.range', { min: problem.min, max: problem.max });
    case 'duplicateEndpoint':
      return t('problem.duplicateEndpoint', { endpoint: problem.endpoint });
    case 'refused':
      return t('problem.refused', { detail: problem.detail });
    default:
      return t(`problem.${problem.code}`);
  }
};
