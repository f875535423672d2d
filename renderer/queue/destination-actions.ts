/** What can be done with a destination, in the words of Exchange: for the Action menu, the context menu and the keyboard. Pure. */
import type { TFunction } from 'i18next';
import type { DestinationRow } from '../../shared/contract/messages.ts';
import type { ViewAction } from '../app/view-chrome.tsx';

const order = ['forceConnection', 'freeze', 'unfreeze', 'delete', 'findMessages', 'showAll'] as const;
export type DestinationActionId = (typeof order)[number];

export interface DestinationState {
  readonly t: TFunction<'queue'>;
  readonly selected: DestinationRow | undefined;
  /** The messages below are those of one destination. */
  readonly isFiltered: boolean;
}

const firstOfGroup: ReadonlySet<DestinationActionId> = new Set(['delete', 'findMessages']);

export const destinationActions = (state: DestinationState, run: (id: DestinationActionId) => void): ViewAction[] =>
  order.map((id) => ({
    id,
    // 'delete' is what the Del key and the toolbar look for.
    label: state.t(`destinations.action.${id === 'delete' ? 'deleteAll' : id}`),
    ...(id === 'delete' ? { shortcut: state.t('shortcut.delete') } : {}),
    disabledReason: reasonAgainst(id, state),
    ...(firstOfGroup.has(id) ? { separatorBefore: true } : {}),
    run: () => run(id),
  }));

function reasonAgainst(id: DestinationActionId, { t, selected, isFiltered }: DestinationState): string | undefined {
  if (id === 'showAll') return isFiltered ? undefined : t('destinations.reason.allShown');
  if (selected === undefined) return t('destinations.reason.nothingSelected');
  const { state, counts, nextHop } = selected;
  const isFrozen = state === 'frozen';
  switch (id) {
    case 'forceConnection':
      if (isFrozen) return t('destinations.reason.frozen');
      if (counts.total === 0) return t('destinations.reason.noMail');
      return counts.held === counts.total ? t('destinations.reason.allHeld') : undefined;
    case 'freeze':
      if (nextHop === '') return t('destinations.reason.noName');
      return isFrozen ? t('destinations.reason.frozenAlready') : undefined;
    case 'unfreeze':
      return isFrozen ? undefined : t('destinations.reason.notFrozen');
    case 'delete':
      return counts.total === 0 ? t('destinations.reason.noMail') : undefined;
    case 'findMessages':
      return undefined;
  }
}
