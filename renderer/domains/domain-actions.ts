/** What can be done with domains: 'Set as Default', 'Delete', 'Rename', 'Properties', as in the IIS console. Pure. */
import type { TFunction } from 'i18next';
import type { ViewAction } from '../app/view-chrome.tsx';
import { canDelete, type DomainRow, type DomainSettings } from './domain-rows.ts';

export type DomainQuestion =
  | { readonly kind: 'properties' | 'rename'; readonly row: DomainRow }
  | { readonly kind: 'delete'; readonly rows: readonly DomainRow[] };

interface DomainActionsOf {
  readonly settings: DomainSettings;
  readonly selected: readonly DomainRow[];
  readonly ask: (question: DomainQuestion) => void;
  readonly setDefault: (row: DomainRow) => void;
}

/** 'New > Domain…' of the node. */
export const newDomainAction = (t: TFunction<'domains'>, run: () => void): ViewAction => ({
  id: 'new',
  label: t('action.new'),
  submenu: [{ id: 'newDomain', label: t('action.newDomain'), run }],
  run: () => {},
});

export function domainActions(
  t: TFunction<'domains'>,
  { settings, selected, ask, setDefault }: DomainActionsOf,
): readonly ViewAction[] {
  const [row, ...more] = selected;
  const one = more.length === 0 ? row : undefined;
  const reason = row === undefined ? t('reason.nothingSelected') : one === undefined ? t('reason.oneOnly') : undefined;
  const forOne = (run: (one: DomainRow) => void) => (): void => {
    if (one !== undefined) run(one);
  };
  const stays = !canDelete(settings, selected);
  return [
    {
      id: 'setDefault',
      label: t('action.setDefault'),
      disabledReason: reason ?? (one?.kind === 'alias' ? undefined : t('reason.notAnAlias')),
      run: forOne(setDefault),
    },
    {
      id: 'delete',
      label: t('action.delete'),
      disabledReason: row === undefined ? t('reason.nothingSelected') : stays ? t('reason.defaultStays') : undefined,
      run: () => ask({ kind: 'delete', rows: selected }),
    },
    {
      id: 'rename',
      label: t('action.rename'),
      shortcut: 'F2',
      disabledReason: reason,
      run: forOne((domain) => ask({ kind: 'rename', row: domain })),
    },
    {
      id: 'properties',
      label: t('action.properties'),
      disabledReason: reason,
      run: forOne((domain) => ask({ kind: 'properties', row: domain })),
    },
  ];
}
