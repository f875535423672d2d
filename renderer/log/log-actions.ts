import type { TFunction } from 'i18next';
import type { ViewAction } from '../app/view-chrome.tsx';

interface LogActionState {
  readonly t: TFunction<'log'>;
  readonly tMenus: TFunction<'menus'>;
  readonly live: boolean;
  readonly shown: number;
  readonly selected: number;
}

export type LogActionId = 'live' | 'clear' | 'copy' | 'selectAll' | 'find' | 'exportList' | 'refresh';

/** What can be done with the log. Not 'pause': that word belongs to the server. Pure. */
export function logActions(
  { t, tMenus, live, shown, selected }: LogActionState,
  run: (id: LogActionId) => void,
): readonly ViewAction[] {
  const nothingListed = shown === 0 ? t('reason.nothingListed') : undefined;
  const action = (id: LogActionId, label: string, more: Partial<ViewAction> = {}): ViewAction => ({
    id,
    label,
    ...more,
    run: () => run(id),
  });
  return [
    action('live', t('action.live'), { pressed: live }),
    action('clear', t('action.clear'), { disabledReason: nothingListed }),
    action('copy', tMenus('copy'), {
      shortcut: tMenus('shortcut.copy'),
      disabledReason: selected === 0 ? t('reason.nothingSelected') : undefined,
      separatorBefore: true,
    }),
    action('selectAll', t('action.selectAll'), { shortcut: t('shortcut.selectAll'), disabledReason: nothingListed }),
    action('find', t('action.find'), { shortcut: t('shortcut.find') }),
    action('exportList', tMenus('exportList'), {
      shortcut: tMenus('shortcut.exportList'),
      disabledReason: nothingListed,
      separatorBefore: true,
    }),
    action('refresh', tMenus('refresh'), { shortcut: 'F5' }),
  ];
}
