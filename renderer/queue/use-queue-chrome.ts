import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePublishViewChrome, type ViewAction, type ViewChrome } from '../app/view-chrome.tsx';
import { type QueueActionId, queueActions } from './queue-actions.ts';
import type { QueueList } from './use-queue-list.ts';

interface QueueChromeOptions {
  readonly list: QueueList;
  readonly canUndo: boolean;
  readonly destinationsShown: boolean;
  readonly act: Readonly<Record<QueueActionId, () => void>>;
}

interface QueueChrome {
  readonly chrome: ViewChrome;
  /** Runs an action by its id if it can be used now. */
  readonly runIfPossible: (id: QueueActionId) => void;
}

/** What can be done with messages, and how many there are. */
export function useQueueChrome({ list, canUndo, destinationsShown, act }: QueueChromeOptions): QueueChrome {
  // What the frame holds changes with what can be done, not each time the list is drawn.
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const run = useCallback((id: QueueActionId): void => latest.current[id](), []);
  const { t } = useTranslation('queue');
  const { selectedCount, selectedRows, isFiltered, live } = list;
  const { total, queueTotal, known, recovering } = list.load.window;
  const isEmpty = total === 0;
  const actions = useMemo(
    () => queueActions({ t, selectedCount, selectedRows, isEmpty, canUndo, isFiltered, destinationsShown }, run),
    [t, selectedCount, selectedRows, isEmpty, canUndo, isFiltered, destinationsShown, run],
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
  useFindKey(run);

  const runIfPossible = (id: QueueActionId): void => {
    const action = actions.find((candidate) => candidate.id === id);
    if (action?.disabledReason === undefined) action?.run();
  };
  const chrome = useMemo(() => ({ actions, statusTexts }), [actions, statusTexts]);
  return { chrome, runIfPossible };
}

/** Tells the frame what the part with the focus can do: the destinations or the messages. */
export function usePublishedPart(messages: ViewChrome, destinations: readonly ViewAction[] | null): void {
  usePublishViewChrome(
    useMemo(
      () => (destinations === null ? messages : { ...messages, actions: destinations }),
      [messages, destinations],
    ),
  );
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
