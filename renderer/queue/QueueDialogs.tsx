import { useTranslation } from 'react-i18next';
import type { DestinationRow, MessageId, QueueRow, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { ColumnsDialog } from '../app/ColumnsDialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { ExportListDialog } from '../app/ExportListDialog.tsx';
import { ChangeRouteDialog } from './ChangeRouteDialog.tsx';
import { parseLayout } from './column-layout.ts';
import { columnIds } from './columns.ts';
import { DeleteDestinationDialog } from './DeleteDestinationDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { ExplainDialog } from './ExplainDialog.tsx';
import { ExportMessagesDialog } from './ExportMessagesDialog.tsx';
import { FilterDialog } from './FilterDialog.tsx';
import { MessageProperties } from './MessageProperties.tsx';
import { type Chosen, chosenCount, queueTargets } from './selection.ts';
import type { PerformBulk } from './use-bulk-actions.ts';
import type { DestinationList } from './use-destination-list.ts';
import type { QueueList } from './use-queue-list.ts';

export type QueueDialog =
  | { readonly kind: 'columns' | 'exportList' | 'exportDestinations' | 'filter' }
  | { readonly kind: 'explain'; readonly address: string }
  | { readonly kind: 'delete'; readonly chosen: Chosen; readonly only: QueueRow | undefined }
  | { readonly kind: 'deleteDestination'; readonly destination: DestinationRow }
  | { readonly kind: 'changeRoute'; readonly chosen: Chosen; readonly current: readonly string[] | null }
  | { readonly kind: 'exportMessages'; readonly chosen: Chosen; readonly only: MessageId | undefined }
  | { readonly kind: 'properties'; readonly id: MessageId };

interface QueueDialogsProps {
  readonly dialog: QueueDialog;
  readonly serverId: ServerId;
  readonly list: QueueList;
  readonly destinations: DestinationList;
  readonly perform: PerformBulk;
  readonly say: (text: string) => void;
  readonly onClose: () => void;
}

/** The dialog that is open, if one is. */
export function QueueDialogs({ dialog, serverId, list, destinations, perform, say, onClose }: QueueDialogsProps) {
  const { t } = useTranslation('queue');
  const { showFailure } = useDialogs();
  const { total } = list.load.window;
  const { chosen } = list.selection;
  const targetsOf = (some: Chosen): readonly QueueTarget[] => queueTargets(some, list.filter);
  switch (dialog.kind) {
    case 'columns':
      return (
        <ColumnsDialog
          columns={columnIds.map((id) => ({ id, heading: t(`columns.${id}`) }))}
          choice={list.layout}
          onChange={(choice) => list.setLayout(parseLayout({ ...list.layout, ...choice }))}
          onClose={onClose}
        />
      );
    case 'filter':
      return (
        <FilterDialog
          rules={list.rules}
          nextHops={(destinations.destinations.rows ?? []).map(({ nextHop }) => nextHop)}
          onAccept={list.setRules}
          onClose={onClose}
        />
      );
    case 'exportList':
      return (
        <ExportListDialog
          name={t('list')}
          counts={{ all: total, selected: list.selectedCount }}
          collect={(which, control) => list.collect(which === 'all' ? 'everything' : chosen, control)}
          onClose={onClose}
          onFailure={showFailure}
        />
      );
    case 'exportDestinations':
      return (
        <ExportListDialog
          name={t('destinations.label')}
          counts={{ all: destinations.rows.length, selected: 0 }}
          collect={() => destinations.tableOf(destinations.rows)}
          onClose={onClose}
          onFailure={showFailure}
        />
      );
    case 'delete':
      return (
        <DeleteDialog
          count={chosenCount(dialog.chosen, total)}
          only={dialog.only}
          everything={everythingOf(dialog.chosen, list.isFiltered)}
          onCancel={onClose}
          onDelete={(report) => {
            onClose();
            void perform({ action: 'delete', report }, targetsOf(dialog.chosen));
            list.change({ type: 'none' });
          }}
        />
      );
    case 'deleteDestination':
      return (
        <DeleteDestinationDialog
          destination={dialog.destination}
          onCancel={onClose}
          onDelete={(report) => {
            onClose();
            void perform({ action: 'delete', report }, [{ filter: { nextHop: dialog.destination.nextHop } }]);
          }}
        />
      );
    case 'changeRoute':
      return (
        <ChangeRouteDialog
          serverId={serverId}
          count={chosenCount(dialog.chosen, total)}
          current={dialog.current}
          onAccept={(smartHosts) => void perform({ action: 'setRoute', smartHosts }, targetsOf(dialog.chosen))}
          onClose={onClose}
        />
      );
    case 'exportMessages':
      return (
        <ExportMessagesDialog
          serverId={serverId}
          count={chosenCount(dialog.chosen, total)}
          only={dialog.only}
          rows={(control) => list.rowsOf(dialog.chosen, control)}
          format={list.format}
          onDone={say}
          onClose={onClose}
        />
      );
    case 'explain':
      return <ExplainDialog serverId={serverId} address={dialog.address} onClose={onClose} />;
    case 'properties':
      return <MessageProperties serverId={serverId} id={dialog.id} perform={perform} say={say} onClose={onClose} />;
  }
}

const everythingOf = (chosen: Chosen, isFiltered: boolean): 'queue' | 'filtered' | 'butSome' | undefined => {
  if (chosen.kind === 'ids') return undefined;
  if (chosen.except.size > 0) return 'butSome';
  return isFiltered ? 'filtered' : 'queue';
};
