import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestinationRow, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { arrangeActions } from '../app/arrange-actions.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { copyList } from '../app/export-list.ts';
import type { ViewAction } from '../app/view-chrome.tsx';
import { type DestinationActionId, destinationActions } from './destination-actions.ts';
import { outcomeText } from './outcome-text.ts';
import type { DestinationList } from './use-destination-list.ts';

interface DestinationActionsOptions {
  readonly serverId: ServerId;
  readonly list: DestinationList;
  readonly selected: DestinationRow | undefined;
  /** The messages below are those of one destination. */
  readonly isFiltered: boolean;
  /** The actions of the messages, some of which are at hand here as well. */
  readonly ofMessages: readonly ViewAction[];
  readonly say: (text: string) => void;
  readonly openDelete: (destination: DestinationRow) => void;
  readonly openFilter: () => void;
  readonly openExport: () => void;
  readonly showAll: () => void;
}

type ActionId = DestinationActionId | 'copy' | 'exportList';

interface DestinationActions {
  readonly actions: readonly ViewAction[];
  /** Runs an action by its id if it can be used now. */
  readonly runIfPossible: (id: ActionId) => void;
}

const shared = ['undo', 'destinations', 'refresh'] as const;

/** What can be done with the selected destination, and the doing of it. */
export function useDestinationActions(options: DestinationActionsOptions): DestinationActions {
  const { serverId, list, selected, isFiltered, ofMessages } = options;
  const { t } = useTranslation('queue');
  const client = useContract();
  const { showFailure } = useDialogs();

  const forceConnection = async ({ nextHop }: DestinationRow): Promise<void> => {
    options.say(outcomeText(t, 'retry', await client.call('destination.retry', { serverId, nextHop })));
  };
  const freeze = async ({ nextHop }: DestinationRow, frozen: boolean): Promise<void> => {
    await client.call('destination.freeze', { serverId, nextHop, frozen });
    options.say(t(frozen ? 'destinations.frozenNow' : 'destinations.unfrozenNow', { nextHop }));
    list.destinations.refresh();
  };
  const act = async (id: ActionId): Promise<void> => {
    if (id === 'showAll') return options.showAll();
    if (id === 'exportList') return options.openExport();
    if (selected === undefined) return;
    switch (id) {
      case 'forceConnection':
        return await forceConnection(selected);
      case 'freeze':
      case 'unfreeze':
        return await freeze(selected, id === 'freeze');
      case 'delete':
        return options.openDelete(selected);
      case 'findMessages':
        return options.openFilter();
      case 'copy':
        return await copyList(list.tableOf([selected]));
    }
  };
  // What the frame holds changes with what can be done, not each time the list is drawn.
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  const run = useCallback((id: ActionId): void => void latest.current(id).catch(showFailure), [showFailure]);

  const isEmpty = list.rows.length === 0;
  const actions = useMemo(() => {
    const ofList = (id: 'copy' | 'exportList', disabledReason: string | undefined): ViewAction => ({
      id,
      label: t(`action.${id}`),
      shortcut: t(`shortcut.${id}`),
      disabledReason,
      run: () => run(id),
    });
    const others = shared.flatMap((id) => ofMessages.find((action) => action.id === id) ?? []);
    return arrangeActions(destinationActions({ t, selected, isFiltered }, run), [
      ofList('copy', selected === undefined ? t('destinations.reason.nothingSelected') : undefined),
      ofList('exportList', isEmpty ? t('reason.nothingListed') : undefined),
      ...others.map((action) => ({ ...action, separatorBefore: false })),
    ]);
  }, [t, selected, isFiltered, isEmpty, ofMessages, run]);
  return {
    actions,
    runIfPossible: (id) => {
      const action = actions.find((candidate) => candidate.id === id);
      if (action?.disabledReason === undefined) action?.run();
    },
  };
}
