import type { TFunction } from 'i18next';
import type { BadmailRow } from '../../shared/contract/messages.ts';
import type { ViewAction } from '../app/view-chrome.tsx';

interface BadmailTexts {
  readonly t: TFunction<'badmail'>;
  readonly tMenus: TFunction<'menus'>;
}

interface BadmailRuns {
  readonly resubmit: (rows: readonly BadmailRow[]) => void;
  readonly delete: (rows: readonly BadmailRow[]) => void;
  readonly properties: (row: BadmailRow) => void;
}

/** What can be done with the selected messages. Pure. */
export function badmailActions(
  { t, tMenus }: BadmailTexts,
  selected: readonly BadmailRow[],
  run: BadmailRuns,
): readonly ViewAction[] {
  const nothing = selected.length === 0 ? t('reason.nothingSelected') : undefined;
  const [only, ...more] = selected;
  return [
    { id: 'resubmit', label: t('action.resubmit'), disabledReason: nothing, run: () => run.resubmit(selected) },
    {
      id: 'delete',
      label: t('action.delete'),
      shortcut: t('shortcut.delete'),
      disabledReason: nothing,
      separatorBefore: true,
      run: () => run.delete(selected),
    },
    {
      id: 'properties',
      label: tMenus('properties'),
      shortcut: tMenus('shortcut.properties'),
      disabledReason: nothing ?? (more.length > 0 ? t('reason.oneOnly') : undefined),
      run: () => {
        if (only !== undefined) run.properties(only);
      },
    },
  ];
}
