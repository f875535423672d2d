import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageDetails, MessageId, QueueTarget, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemText } from '../app/problem-text.ts';
import { AttemptsTab } from './AttemptsTab.tsx';
import { ChangeRouteDialog } from './ChangeRouteDialog.tsx';
import { subjectText } from './columns.ts';
import { DeleteDialog } from './DeleteDialog.tsx';
import { ExportMessagesDialog } from './ExportMessagesDialog.tsx';
import { createQueueFormat, localeOf, type QueueFormat } from './format.ts';
import { GeneralTab } from './GeneralTab.tsx';
import { HeadersTab, TextTab } from './MessageTextTabs.tsx';
import { NowProvider } from './now-context.tsx';
import { Notice, Remark, TabBody } from './property-parts.tsx';
import { pointlessFor } from './queue-actions.ts';
import { RouteTab } from './RouteTab.tsx';
import { type ReadSource, SourceTab } from './SourceTab.tsx';
import type { BulkOrder, PerformBulk } from './use-bulk-actions.ts';
import { useMessageDetails } from './use-message-details.ts';

const tabs = ['general', 'attempts', 'route', 'headers', 'text', 'source'] as const;
type TabId = (typeof tabs)[number];

interface MessagePropertiesProps {
  readonly serverId: ServerId;
  readonly id: MessageId;
  readonly perform: PerformBulk;
  readonly say: (text: string) => void;
  readonly onClose: () => void;
}

/** Everything about one message, kept up to date while it is open, and what can be done with it. */
export function MessageProperties({ serverId, id, perform, say, onClose }: MessagePropertiesProps) {
  const { t, i18n } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const { t: tProblem } = useTranslation('problems');
  const { details, gone, problem, refresh } = useMessageDetails(serverId, id);
  const [tab, setTab] = useState<TabId>('general');
  const [open, setOpen] = useState<'delete' | 'changeRoute' | 'export' | null>(null);
  const panelId = useId();
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const client = useContract();
  const read: ReadSource = useCallback(
    (piece) => client.call('queue.source', { serverId, id, ...piece }),
    [client, serverId, id],
  );

  const row = details?.row;
  const selectedRows = row === undefined ? null : [row];
  const target: QueueTarget = { ids: [id] };
  const off = (action: 'retry' | 'hold' | 'release' | 'changeRoute' | 'delete'): boolean =>
    row === undefined || gone || pointlessFor(action, { t, selectedRows }) !== undefined;
  const act = async (order: BulkOrder): Promise<void> => {
    await perform(order, [target]);
    refresh();
  };
  const close = (): void => setOpen(null);
  const hold = row?.state === 'held' ? ('release' as const) : ('hold' as const);

  return (
    <ConsoleDialog
      help="message"
      title={row === undefined ? t('message.untitled') : t('message.title', { subject: subjectText(row, t) })}
      width={860}
      height={620}
      onClose={onClose}
      buttons={[
        { label: t('action.retry'), disabled: off('retry'), onClick: () => void act({ action: 'retry' }) },
        {
          label: t(hold === 'hold' ? 'message.holdMessage' : 'message.releaseMessage'),
          disabled: off(hold),
          onClick: () => void act({ action: hold }),
        },
        { label: t('action.changeRoute'), disabled: off('changeRoute'), onClick: () => setOpen('changeRoute') },
        { label: t('message.export'), disabled: row === undefined || gone, onClick: () => setOpen('export') },
        { label: t('action.delete'), disabled: off('delete'), onClick: () => setOpen('delete') },
        { label: tApp('dialog.close'), onClick: onClose, isDefault: true },
      ]}
    >
      <div role="status">
        {gone && <Notice>{t(details === null ? 'message.neverThere' : 'message.gone')}</Notice>}
        {problem !== null && (
          <Notice>
            {t('message.failed')} {problemText(tProblem, i18n.language, problem).summary}
          </Notice>
        )}
      </div>
      {details === null && !gone && problem === null && <Remark>{t('message.loading')}</Remark>}
      {details !== null && (
        <>
          <Tabs value={tab} onChange={(_event, next: TabId) => setTab(next)} aria-label={t('message.untitled')}>
            {tabs.map((name) => (
              <Tab
                key={name}
                value={name}
                label={t(`message.tabs.${name}`)}
                id={`${panelId}-${name}`}
                aria-controls={panelId}
              />
            ))}
          </Tabs>
          <TabBody role="tabpanel" id={panelId} aria-labelledby={`${panelId}-${tab}`} tabIndex={0}>
            <NowProvider>{panelOf(tab, details, { serverId, read, format })}</NowProvider>
          </TabBody>
        </>
      )}
      {open === 'delete' && (
        <DeleteDialog
          count={1}
          only={row}
          onCancel={close}
          onDelete={(report) => {
            close();
            onClose();
            void perform({ action: 'delete', report }, [target]);
          }}
        />
      )}
      {open === 'changeRoute' && (
        <ChangeRouteDialog
          serverId={serverId}
          count={1}
          current={details?.route ?? null}
          onAccept={(smartHosts) => void act({ action: 'setRoute', smartHosts })}
          onClose={close}
        />
      )}
      {open === 'export' && (
        <ExportMessagesDialog
          serverId={serverId}
          count={1}
          only={id}
          rows={async () => selectedRows ?? []}
          format={format}
          onDone={say}
          onClose={close}
        />
      )}
    </ConsoleDialog>
  );
}

function panelOf(
  tab: TabId,
  details: MessageDetails,
  { serverId, read, format }: { readonly serverId: ServerId; readonly read: ReadSource; readonly format: QueueFormat },
): ReactNode {
  switch (tab) {
    case 'general':
      return <GeneralTab details={details} format={format} />;
    case 'attempts':
      return <AttemptsTab attempts={details.attempts} format={format} />;
    case 'route':
      // Another route is another answer.
      return <RouteTab key={details.route?.join()} serverId={serverId} details={details} />;
    case 'headers':
      return <HeadersTab headers={details.headers} />;
    case 'text':
      return <TextTab text={details.text} textTruncated={details.textTruncated} />;
    case 'source':
      return <SourceTab read={read} format={format} />;
  }
}
