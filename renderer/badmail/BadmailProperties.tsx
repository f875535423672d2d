import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BadmailDetails, BadmailRow, ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useBadmailMessage } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { problemText } from '../app/problem-text.ts';
import { createQueueFormat, localeOf, type QueueFormat } from '../queue/format.ts';
import { HeadersTab, TextTab } from '../queue/MessageTextTabs.tsx';
import { Notice, Remark, TabBody } from '../queue/property-parts.tsx';
import { type ReadSource, SourceTab } from '../queue/SourceTab.tsx';
import { BadmailGeneralTab } from './BadmailGeneralTab.tsx';
import { subjectText } from './badmail-texts.ts';

const tabs = ['general', 'headers', 'text', 'source'] as const;
type TabId = (typeof tabs)[number];

interface BadmailPropertiesProps {
  readonly serverId: ServerId;
  readonly row: BadmailRow;
  readonly onResubmit: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

/** Everything about one message in Badmail, and what can be done with it. */
export function BadmailProperties({ serverId, row, onResubmit, onDelete, onClose }: BadmailPropertiesProps) {
  const { t, i18n } = useTranslation('badmail');
  const { t: tApp } = useTranslation('app');
  const { t: tProblems } = useTranslation('problems');
  const client = useContract();
  const { data: details, error, isPending } = useBadmailMessage(serverId, row.name);
  const [tab, setTab] = useState<TabId>('general');
  const panelId = useId();
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);
  const read: ReadSource = useCallback(
    (piece) => client.call('badmail.source', { serverId, name: row.name, ...piece }),
    [client, serverId, row.name],
  );
  const problem = error === null ? null : problemOf(error);
  const isGone = problem?.code === 'notFound';

  return (
    <ConsoleDialog
      help="badmail"
      title={t('message.title', { subject: subjectText(t, row) })}
      width={820}
      height={580}
      onClose={onClose}
      buttons={[
        { label: t('action.resubmit'), disabled: isGone, onClick: onResubmit },
        { label: t('action.delete'), disabled: isGone, onClick: onDelete },
        { label: tApp('dialog.close'), onClick: onClose, isDefault: true },
      ]}
    >
      <div role="status">
        {isGone && <Notice>{t('message.gone')}</Notice>}
        {problem !== null && !isGone && (
          <Notice>
            {t('message.failed')} {problemText(tProblems, i18n.language, problem).summary}
          </Notice>
        )}
      </div>
      {isPending && <Remark>{t('message.loading')}</Remark>}
      {details !== undefined && (
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
            {panelOf(tab, details, { read, format })}
          </TabBody>
        </>
      )}
    </ConsoleDialog>
  );
}

function panelOf(
  tab: TabId,
  details: BadmailDetails,
  source: { readonly read: ReadSource; readonly format: QueueFormat },
): ReactNode {
  switch (tab) {
    case 'general':
      return <BadmailGeneralTab details={details} format={source.format} />;
    case 'headers':
      return <HeadersTab headers={details.headers} />;
    case 'text':
      return <TextTab text={details.text} textTruncated={details.textTruncated} />;
    case 'source':
      return <SourceTab {...source} />;
  }
}
