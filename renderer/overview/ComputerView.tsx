import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import { useRefreshAll } from '../api/queries.ts';
import { type ListColumn, ListView } from '../app/ListView.tsx';
import { useNavigation } from '../app/navigation.tsx';
import { listenTexts, serverCaption, serverIcon, stateText } from './server-state.ts';
import { useServerActions } from './use-server-actions.ts';
import { Warnings } from './Warnings.tsx';

const rowId = ({ id }: ServerStatus): string => id;

/** The virtual servers of the computer, and what is wrong. */
export function ComputerView({ status }: { readonly status: RelayStatus }) {
  const { t } = useTranslation('server');
  const { t: tApp } = useTranslation('app');
  const { t: tProperties } = useTranslation('properties');
  const { go } = useNavigation();
  const refresh = useRefreshAll();
  const serverActions = useServerActions();
  const columns = useMemo<readonly ListColumn<ServerStatus>[]>(() => {
    const allUnassigned = tProperties('identity.allUnassigned');
    return [
      { id: 'name', heading: t('column.name'), widthPx: 260, icon: serverIcon, text: serverCaption },
      { id: 'state', heading: t('column.state'), widthPx: 260, text: (server) => stateText(t, server) },
      {
        id: 'address',
        heading: t('column.address'),
        widthPx: 200,
        text: (server) => listenTexts(server, allUnassigned).addresses,
      },
      {
        id: 'port',
        heading: t('column.port'),
        widthPx: 80,
        text: (server) => listenTexts(server, allUnassigned).ports,
      },
    ];
  }, [t, tProperties]);
  const actionsOf = useCallback(
    (selected: readonly ServerStatus[]) => (selected.length === 1 ? serverActions(selected[0]) : []),
    [serverActions],
  );
  return (
    <>
      <ListView
        name="computer"
        label={tApp('tree.computer', { computer: status.computerName })}
        columns={columns}
        rows={status.servers}
        rowId={rowId}
        actionsOf={actionsOf}
        onOpen={({ id }) => go({ kind: 'server', serverId: id })}
        onRefresh={refresh}
        countText={t('serverCount', { count: status.servers.length })}
      />
      <Warnings warnings={status.warnings} />
    </>
  );
}
