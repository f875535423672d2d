/** What the tabs of a property sheet share: the draft, its problems, and which settings hold for this run only. */
import type { TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import type { Draft, DraftProblem, DraftProblems, EditedKey } from './draft.ts';

export interface Sheet {
  /** For what a tab shows of the running server; undefined while it is not known. */
  readonly server: ServerStatus | undefined;
  readonly draft: Draft;
  readonly change: <Key extends EditedKey>(key: Key, value: Draft[Key]) => void;
  /** Those that are shown: after a first try to save. */
  readonly problems: DraftProblems;
  /** Shows the problems from now on. True when these settings have none. */
  readonly judge: (keys: readonly EditedKey[]) => boolean;
  readonly isOverridden: (key: SettingKey) => boolean;
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
