/** Saves changes of the domains, and asks when somebody else changed them meanwhile. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { createDomainStore, type DomainOrder, isConflict } from './domain-store.ts';

interface DomainConflict {
  readonly reload: () => void;
  readonly overwrite: () => void;
  readonly cancel: () => void;
}

export interface DomainEdits {
  readonly busy: boolean;
  readonly submit: (order: DomainOrder) => void;
  /** Somebody changed the domains meanwhile: a person must choose. */
  readonly conflict: DomainConflict | null;
}

export function useDomainEdits(serverId: ServerId): DomainEdits {
  const client = useContract();
  const queryClient = useQueryClient();
  const { showFailure } = useDialogs();
  const [busy, setBusy] = useState(false);
  const [disputed, setDisputed] = useState<DomainOrder | null>(null);

  const save = useCallback(
    async (order: DomainOrder, force: boolean): Promise<void> => {
      setDisputed(null);
      setBusy(true);
      try {
        const store = createDomainStore(client, serverId);
        order.onSaved(await (force ? store.writeAnyway(order) : store.writeUndisputed(order)));
      } catch (error) {
        if (isConflict(error)) setDisputed(order);
        else showFailure(error);
      } finally {
        setBusy(false);
        void queryClient.invalidateQueries();
      }
    },
    [client, serverId, queryClient, showFailure],
  );
  const submit = useCallback((order: DomainOrder) => void save(order, false), [save]);
  const reload = (order: DomainOrder): void => {
    setDisputed(null);
    void queryClient.invalidateQueries();
    createDomainStore(client, serverId)
      .read()
      .then((now) => order.onReload?.(now), showFailure);
  };
  return {
    busy,
    submit,
    conflict:
      disputed === null
        ? null
        : {
            cancel: () => setDisputed(null),
            overwrite: () => void save(disputed, true),
            reload: () => reload(disputed),
          },
  };
}
