import type { TFunction } from 'i18next';
import type { Session } from '../../shared/contract/servers.ts';
import type { ViewAction } from '../app/view-chrome.tsx';
import type { Terminated } from './TerminateDialog.tsx';

export interface SessionsShown {
  readonly selected: readonly Session[];
  readonly count: number;
  /** Whether the list refreshes itself. */
  readonly live: boolean;
}

/** 'Terminate' and 'Terminate All', as in the IIS console. Pure. */
export const sessionActions = (
  t: TFunction<'sessions'>,
  { selected, count, live }: SessionsShown,
  ask: (sessions: Terminated) => void,
  toggleLive: () => void,
): readonly ViewAction[] => [
  {
    id: 'terminate',
    label: t('action.terminate'),
    disabledReason: selected.length === 0 ? t('reason.nothingSelected') : undefined,
    run: () => ask(selected),
  },
  {
    id: 'terminateAll',
    label: t('action.terminateAll'),
    disabledReason: count === 0 ? t('empty') : undefined,
    run: () => ask('all'),
  },
  { id: 'live', label: t('action.live'), pressed: live, separatorBefore: true, run: toggleLive },
];
