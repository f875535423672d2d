import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BadmailRow, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import type { Notice } from '../queue/use-bulk-actions.ts';
import { type BadmailAction, outcomeText } from './badmail-texts.ts';

interface BadmailActions {
  /** What the last action did. */
  readonly notice: Notice | null;
  readonly dismissNotice: () => void;
  readonly perform: (action: BadmailAction, rows: readonly BadmailRow[]) => Promise<void>;
}

/** Resubmits or deletes messages and tells what became of them. */
export function useBadmailActions(serverId: ServerId, onDone: () => void): BadmailActions {
  const { t } = useTranslation('badmail');
  const client = useContract();
  const { showFailure } = useDialogs();
  const [notice, setNotice] = useState<Notice | null>(null);
  const said = useRef(0);

  const perform = useCallback(
    async (action: BadmailAction, rows: readonly BadmailRow[]): Promise<void> => {
      try {
        const outcome = await client.call(`badmail.${action}`, { serverId, names: rows.map(({ name }) => name) });
        said.current += 1;
        setNotice({ number: said.current, text: outcomeText(t, action, outcome), deletion: null });
      } catch (error) {
        showFailure(error);
      }
      onDone();
    },
    [client, serverId, t, showFailure, onDone],
  );
  const dismissNotice = useCallback(() => setNotice(null), []);
  return { notice, dismissNotice, perform };
}
