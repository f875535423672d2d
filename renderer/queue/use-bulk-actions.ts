import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkOutcome, QueueFilter, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { type BulkAction, outcomeText } from './outcome-text.ts';
import { type Chosen, queueTargets, sumOutcomes } from './selection.ts';

/** What an action did, for the message at the foot of the list. */
export interface Notice {
  /** Grows, so that the same text twice is announced twice. */
  readonly number: number;
  readonly text: string;
}

export type PerformBulk = (action: BulkAction, chosen: Chosen, options?: { readonly report: boolean }) => Promise<void>;

interface BulkActions {
  readonly notice: Notice | null;
  readonly say: (text: string) => void;
  readonly dismissNotice: () => void;
  readonly perform: PerformBulk;
}

/** Runs an action on what is chosen and reports what changed, what was skipped and why. */
export function useBulkActions(serverId: ServerId, filter: QueueFilter, onDone: () => void): BulkActions {
  const { t } = useTranslation('queue');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [notice, setNotice] = useState<Notice | null>(null);
  const said = useRef(0);

  const say = useCallback((text: string) => {
    said.current += 1;
    setNotice({ number: said.current, text });
  }, []);

  const perform: PerformBulk = useCallback(
    async (action, chosen, { report } = { report: false }) => {
      const outcomes: BulkOutcome[] = [];
      try {
        for (const target of queueTargets(chosen, filter)) {
          outcomes.push(
            action === 'delete'
              ? await client.call('queue.delete', { serverId, target, report })
              : await client.call(`queue.${action}`, { serverId, target }),
          );
        }
      } catch (error) {
        showFailure(error);
      }
      if (outcomes.length > 0) say(outcomeText(t, action, sumOutcomes(outcomes)));
      onDone();
    },
    [client, filter, onDone, say, serverId, showFailure, t],
  );
  const dismissNotice = useCallback(() => setNotice(null), []);
  return { notice, say, dismissNotice, perform };
}
