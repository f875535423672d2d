import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublishViewChrome } from '../app/view-chrome.tsx';
import { type QueueActionId, queueActions } from './queue-actions.ts';
import type { QueueList } from './use-queue-list.ts';

/**
 * Tells the frame what can be done here and how much there is.
 * @returns the actions for the context menu, and a way to run one by its id under the same conditions.
 */
export function useQueueChrome(list: QueueList, canUndo: boolean, act: Readonly<Record<QueueActionId, () => void>>) {
  // What the frame holds changes with what can be done, not each time the list is drawn.
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const run = useCallback((id: QueueActionId): void => latest.current[id](), []);
  const { t } = useTranslation('queue');
  const { selectedCount, selectedRows, isFiltered, live } = list;
  const { total, queueTotal, known, recovering } = list.load.window;
  const actions = useMemo(
    () => queueActions({ t, selectedCount, selectedRows, total, canUndo }, run),
    [t, selectedCount, selectedRows, total, canUndo, run],
  );
  const statusTexts = useMemo(() => {
    if (!known) return [];
    const count = isFiltered
      ? t('status.filtered', { count: total, total: queueTotal })
      : t('status.messages', { count: total });
    return [
      selectedCount === 0 ? count : `${count}, ${t('status.selected', { count: selectedCount })}`,
      ...(recovering ? [t('status.reading')] : []),
      ...(live ? [] : [t('status.paused')]),
    ];
  }, [t, known, isFiltered, total, queueTotal, selectedCount, recovering, live]);
  usePublishViewChrome(useMemo(() => ({ actions, statusTexts }), [actions, statusTexts]));
  useFindKey(run);

  const runIfPossible = (id: QueueActionId): void => {
    const action = actions.find((candidate) => candidate.id === id);
    if (action?.disabledReason === undefined) action?.run();
  };
  return { actions, runIfPossible };
}

/** Ctrl+F finds in this view, wherever the focus is, but not below an open dialog. */
function useFindKey(run: (id: 'find') => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'f' || !event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) run('find');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [run]);
}
