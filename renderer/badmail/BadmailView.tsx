import { styled } from '@mui/material/styles';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BadmailRow } from '../../shared/contract/messages.ts';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';
import { useBadmail, useLiveBadmail } from '../api/queries.ts';
import { EmptyState } from '../app/EmptyState.tsx';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { QueryFailure } from '../app/QueryFailure.tsx';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { NoticeBar } from '../queue/NoticeBar.tsx';
import { BadmailProperties } from './BadmailProperties.tsx';
import { badmailActions } from './badmail-actions.ts';
import { countText, recipientText, senderText, subjectText } from './badmail-texts.ts';
import { DeleteBadmailDialog } from './DeleteBadmailDialog.tsx';
import { useBadmailActions } from './use-badmail-actions.ts';

/** The notice lies over the list. */
const Pane = styled('div')({ position: 'relative', display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 });

type OpenDialog =
  | { readonly kind: 'properties'; readonly row: BadmailRow }
  | { readonly kind: 'delete'; readonly rows: readonly BadmailRow[] };

const rowId = ({ name }: BadmailRow): string => name;
const noRows: readonly BadmailRow[] = [];

/** What could be neither delivered nor returned, with the reason: to be looked at, sent again or deleted. */
export function BadmailView({ server }: { readonly server: ServerStatus }) {
  const serverId = server.id;
  const { t } = useTranslation('badmail');
  const { t: tApp } = useTranslation('app');
  const { t: tMenus } = useTranslation('menus');
  const query = useBadmail(serverId);
  useLiveBadmail(serverId);
  const { refetch } = query;
  const refresh = useCallback(() => void refetch(), [refetch]);
  const { notice, dismissNotice, perform } = useBadmailActions(serverId, refresh);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const close = useCallback(() => setDialog(null), []);
  const columns = useColumns();

  const openProperties = useCallback((row: BadmailRow) => setDialog({ kind: 'properties', row }), []);
  const askDelete = useCallback((rows: readonly BadmailRow[]) => setDialog({ kind: 'delete', rows }), []);
  const actionsOf = useCallback(
    (selected: readonly BadmailRow[]) =>
      badmailActions({ t, tMenus }, selected, {
        resubmit: (rows) => void perform('resubmit', rows),
        delete: askDelete,
        properties: openProperties,
      }),
    [t, tMenus, perform, askDelete, openProperties],
  );

  if (query.isError && query.data === undefined) return <QueryFailure error={query.error} onRetry={refresh} />;
  const rows = query.data?.rows ?? noRows;
  return (
    <Pane>
      <ListView
        name="badmail"
        label={t('list')}
        columns={columns}
        rows={rows}
        rowId={rowId}
        actionsOf={actionsOf}
        onOpen={openProperties}
        onRefresh={refresh}
        countText={countText(t, rows.length, query.data?.total ?? 0)}
        empty={
          query.isPending ? (
            <EmptyState headline={tApp('list.loading')} />
          ) : (
            <EmptyState headline={t('empty')}>
              {t('emptyAdvice')}
              <br />
              {t('emptyFolder', { folder: server.badmailFolder })}
            </EmptyState>
          )
        }
      />
      <NoticeBar notice={notice} onUndo={dismissNotice} onDismiss={dismissNotice} />
      {dialog?.kind === 'properties' && (
        <BadmailProperties
          serverId={serverId}
          row={dialog.row}
          onResubmit={() => {
            close();
            void perform('resubmit', [dialog.row]);
          }}
          onDelete={() => askDelete([dialog.row])}
          onClose={close}
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteBadmailDialog
          rows={dialog.rows}
          onCancel={close}
          onConfirm={() => {
            close();
            void perform('delete', dialog.rows);
          }}
        />
      )}
    </Pane>
  );
}

function useColumns(): readonly ListColumn<BadmailRow>[] {
  const { t, i18n } = useTranslation('badmail');
  return useMemo(() => {
    const format = createQueueFormat(localeOf(i18n.language, navigator.languages));
    return [
      {
        id: 'moved',
        heading: t('column.moved'),
        widthPx: 186,
        icon: () => 'badmail',
        text: ({ movedAtMs }) => format.dateTime(movedAtMs),
        sortValue: ({ movedAtMs }) => movedAtMs,
      },
      { id: 'from', heading: t('column.from'), widthPx: 140, text: (row) => senderText(t, row) },
      { id: 'to', heading: t('column.to'), widthPx: 170, text: (row) => recipientText(t, row) },
      { id: 'subject', heading: t('column.subject'), widthPx: 180, text: (row) => subjectText(t, row) },
      {
        id: 'size',
        heading: t('column.size'),
        widthPx: 80,
        numeric: true,
        text: ({ sizeBytes }) => format.size(sizeBytes),
        sortValue: ({ sizeBytes }) => sizeBytes,
      },
      {
        id: 'reason',
        heading: t('column.reason'),
        widthPx: 270,
        text: ({ reason }) => relaySentence(i18n.language, reason),
      },
    ];
  }, [t, i18n.language]);
}
