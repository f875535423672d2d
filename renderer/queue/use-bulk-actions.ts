import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractClient } from '../../shared/contract/client.ts';
import type { BulkOutcome, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import type { Progress } from '../app/ProgressBar.tsx';
import { type ListIds, messagesPerStep, stepsOf } from './bulk-steps.ts';
import { type Deletion, deletionOf, restoredText, withoutLatest } from './deletions.ts';
import { outcomeText } from './outcome-text.ts';
import { sumOutcomes } from './selection.ts';

/** What an action did, for the message at the foot of the list. */
export interface Notice {
  /** Grows, so that the same text twice is announced twice. */
  readonly number: number;
  readonly text: string;
  /** What it deleted, so that it can be taken back from there. */
  readonly deletion: Deletion | null;
}

/** An action on so many messages that it takes a while. */
export interface RunningBulk {
  readonly progress: Progress;
  /** Which messages are meant is still being read. */
  readonly collecting: boolean;
  /** Ends it before the next step. */
  readonly stop: () => void;
}

/** What is to be done with messages. */
export type BulkOrder =
  | { readonly action: 'retry' | 'hold' | 'release' }
  | { readonly action: 'delete'; readonly report: boolean }
  /** Null: the usual route. */
  | { readonly action: 'setRoute'; readonly smartHosts: readonly string[] | null };

export type PerformBulk = (order: BulkOrder, targets: readonly QueueTarget[]) => Promise<void>;

interface BulkActions {
  readonly notice: Notice | null;
  /** Null unless it takes a while. */
  readonly running: RunningBulk | null;
  readonly say: (text: string) => void;
  readonly dismissNotice: () => void;
  readonly perform: PerformBulk;
  readonly canUndo: boolean;
  /** Takes the latest deletion back. */
  readonly undo: () => Promise<void>;
}

/** Runs an action on what is chosen and reports what changed, what was skipped and why. */
export function useBulkActions(serverId: ServerId, onDone: () => void): BulkActions {
  const { t } = useTranslation('queue');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [notice, setNotice] = useState<Notice | null>(null);
  const [running, setRunning] = useState<RunningBulk | null>(null);
  const [deletions, setDeletions] = useState<readonly Deletion[]>([]);
  const said = useRef(0);

  const announce = useCallback((text: string, deletion: Deletion | null) => {
    said.current += 1;
    setNotice({ number: said.current, text, deletion });
  }, []);
  const say = useCallback((text: string) => announce(text, null), [announce]);

  const perform: PerformBulk = useCallback(
    async (order, targets) => {
      const outcomes: BulkOutcome[] = [];
      const steps: QueueTarget[] = [];
      const stopping = new AbortController();
      const { signal } = stopping;
      const show = (progress: Progress, collecting: boolean): void =>
        setRunning({ progress, collecting, stop: () => stopping.abort() });
      try {
        const control = { signal, onProgress: (progress: Progress) => show(progress, true) };
        for (const target of targets) steps.push(...(await stepsOf(target, listIdsOf(client, serverId), control)));
        for (const [at, step] of steps.entries()) {
          if (steps.length > 1) show({ done: at * messagesPerStep, total: steps.length * messagesPerStep }, false);
          signal.throwIfAborted();
          outcomes.push(await carryOut(client, serverId, order, step));
        }
      } catch (error) {
        if (!signal.aborted) showFailure(error);
      }
      setRunning(null);
      const outcome = sumOutcomes(outcomes);
      // Of a call that failed nobody knows what it did; those before it are known.
      const done = steps.slice(0, outcomes.length);
      const deletion = order.action === 'delete' ? deletionOf(done, outcome) : null;
      if (deletion !== null) setDeletions((earlier) => [...earlier, deletion]);
      const stopped = signal.aborted ? [t('outcome.stopped')] : [];
      if (outcomes.length > 0 || signal.aborted) {
        announce([outcomeText(t, order.action, outcome), ...stopped].join(', '), deletion);
      }
      onDone();
    },
    [announce, client, onDone, serverId, showFailure, t],
  );

  const latest = deletions.at(-1);
  const undo = useCallback(async (): Promise<void> => {
    if (latest === undefined) return;
    setDeletions(withoutLatest);
    const outcomes: BulkOutcome[] = [];
    try {
      for (const target of latest.targets) outcomes.push(await client.call('trash.restore', { serverId, target }));
    } catch (error) {
      showFailure(error);
    }
    if (outcomes.length > 0) say(restoredText(t, latest, sumOutcomes(outcomes)));
    onDone();
  }, [client, latest, onDone, say, serverId, showFailure, t]);

  const dismissNotice = useCallback(() => setNotice(null), []);
  return { notice, running, say, dismissNotice, perform, canUndo: latest !== undefined, undo };
}

/** The latest first: those that leave meanwhile are among the oldest, and move nobody. */
const listIdsOf =
  (client: ContractClient, serverId: ServerId): ListIds =>
  async (filter, page) => {
    const sort = { by: 'id', descending: true } as const;
    const { revision, total, rows } = await client.call('queue.list', { serverId, filter, sort, ...page });
    return { revision, total, ids: rows.map(({ id }) => id) };
  };

const carryOut = (
  client: ContractClient,
  serverId: ServerId,
  order: BulkOrder,
  target: QueueTarget,
): Promise<BulkOutcome> => {
  switch (order.action) {
    case 'delete':
      return client.call('queue.delete', { serverId, target, report: order.report });
    case 'setRoute': {
      const smartHosts = order.smartHosts === null ? null : [...order.smartHosts];
      return client.call('queue.setRoute', { serverId, target, smartHosts });
    }
    default:
      return client.call(`queue.${order.action}`, { serverId, target });
  }
};
