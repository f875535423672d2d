import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublishViewChrome, type ViewAction } from '../app/view-chrome.tsx';
import { type LogActionId, logActions } from './log-actions.ts';

interface LogCounts {
  readonly live: boolean;
  /** Lines that the filter lets through, and all. */
  readonly shown: number;
  readonly kept: number;
  readonly selected: number;
}

/** Tells the frame what can be done here and how many lines there are. @returns the actions for the context menu. */
export function useLogChrome(
  { live, shown, kept, selected }: LogCounts,
  act: Readonly<Record<LogActionId, () => void>>,
): readonly ViewAction[] {
  const { t } = useTranslation('log');
  const { t: tMenus } = useTranslation('menus');
  // What the frame holds changes with what can be done, not with each line.
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const run = useCallback((id: LogActionId): void => latest.current[id](), []);
  const isEmpty = shown === 0;
  const nothingSelected = selected === 0;
  const actions = useMemo(
    () => logActions({ t, tMenus, live, shown: isEmpty ? 0 : 1, selected: nothingSelected ? 0 : 1 }, run),
    [t, tMenus, live, isEmpty, nothingSelected, run],
  );
  const statusTexts = useMemo(() => {
    const count = shown === kept ? t('count', { count: kept }) : t('filtered', { count: shown, total: kept });
    return [selected === 0 ? count : `${count}, ${t('selected', { count: selected })}`, ...(live ? [] : [t('paused')])];
  }, [t, shown, kept, selected, live]);
  usePublishViewChrome(useMemo(() => ({ actions, statusTexts }), [actions, statusTexts]));

  // Ctrl+F, wherever the focus is, but not below an open dialog.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'f' || !event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) run('find');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [run]);
  return actions;
}
