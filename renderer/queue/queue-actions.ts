/** The actions of the list: for the Action menu, the context menu, the toolbar and the keyboard. Pure. */
import type { TFunction } from 'i18next';
import type { QueueRow } from '../../shared/contract/messages.ts';
import type { ViewAction } from '../app/view-chrome.tsx';

export type QueueActionId =
  | 'retry'
  | 'hold'
  | 'release'
  | 'changeRoute'
  | 'delete'
  | 'undo'
  | 'copy'
  | 'selectAll'
  | 'find'
  | 'filter'
  | 'clearFilter'
  | 'explain'
  | 'exportMessages'
  | 'destinations'
  | 'columns'
  | 'exportList'
  | 'refresh'
  | 'properties';

export interface ActionState {
  readonly t: TFunction<'queue'>;
  readonly selectedCount: number;
  /** The selected rows if all of them are at hand; null when some are not loaded. */
  readonly selectedRows: readonly QueueRow[] | null;
  /** Nothing is listed. */
  readonly isEmpty: boolean;
  /** Something was deleted here that may be taken back. */
  readonly canUndo: boolean;
  /** By the quick search or by rules. */
  readonly isFiltered: boolean;
  readonly destinationsShown: boolean;
}

const withShortcut = ['delete', 'undo', 'copy', 'selectAll', 'find', 'exportList', 'refresh', 'properties'] as const;

const order: readonly (QueueActionId | '-')[] = [
  'retry',
  'hold',
  'release',
  'changeRoute',
  '-',
  'delete',
  'undo',
  '-',
  'copy',
  'selectAll',
  'find',
  'filter',
  'clearFilter',
  '-',
  'explain',
  'exportMessages',
  '-',
  'destinations',
  'columns',
  'exportList',
  'refresh',
  '-',
  'properties',
];

export function queueActions(state: ActionState, run: (id: QueueActionId) => void): ViewAction[] {
  const actions: ViewAction[] = [];
  let separatorBefore = false;
  for (const id of order) {
    if (id === '-') {
      separatorBefore = true;
      continue;
    }
    const keyed = withShortcut.find((other) => other === id);
    const disabledReason = reasonAgainst(id, state);
    actions.push({
      id,
      label: state.t(`action.${id}`),
      ...(keyed === undefined ? {} : { shortcut: state.t(`shortcut.${keyed}`) }),
      ...(disabledReason === undefined ? {} : { disabledReason }),
      ...(separatorBefore ? { separatorBefore } : {}),
      ...(id === 'destinations' ? { pressed: state.destinationsShown } : {}),
      run: () => run(id),
    });
    separatorBefore = false;
  }
  return actions;
}

/** Why an action can't be used now; undefined when it can. */
export function reasonAgainst(id: QueueActionId, state: ActionState): string | undefined {
  const { t, selectedCount, isEmpty, canUndo, isFiltered } = state;
  switch (id) {
    case 'find':
    case 'filter':
    case 'explain':
    case 'destinations':
    case 'columns':
    case 'refresh':
      return undefined;
    case 'selectAll':
    case 'exportList':
      return isEmpty ? t('reason.nothingListed') : undefined;
    case 'clearFilter':
      return isFiltered ? undefined : t('reason.notFiltered');
    case 'undo':
      return canUndo ? undefined : t('reason.nothingDeleted');
    case 'properties':
      if (selectedCount === 0) return t('reason.nothingSelected');
      return selectedCount > 1 ? t('reason.oneOnly') : undefined;
    case 'copy':
    case 'exportMessages':
      return selectedCount === 0 ? t('reason.nothingSelected') : undefined;
    default:
      return selectedCount === 0 ? t('reason.nothingSelected') : pointlessFor(id, state);
  }
}

/** Only when it is certain that the action would change nothing at all; otherwise its outcome tells what was skipped. */
export function pointlessFor(
  id: 'retry' | 'hold' | 'release' | 'changeRoute' | 'delete',
  { t, selectedRows }: Pick<ActionState, 't' | 'selectedRows'>,
): string | undefined {
  if (selectedRows === null || selectedRows.length === 0) return undefined;
  const every = (state: QueueRow['state']): boolean => selectedRows.every((row) => row.state === state);
  if (every('sending')) return t('reason.allSending');
  if (id === 'retry' && every('held')) return t('reason.releaseFirst');
  if (id === 'changeRoute' && every('failed')) return t('reason.allFailed');
  if (id === 'hold' && every('held')) return t('reason.allHeld');
  if (id === 'release' && !selectedRows.some((row) => row.state === 'held')) return t('reason.noneHeld');
  return undefined;
}
