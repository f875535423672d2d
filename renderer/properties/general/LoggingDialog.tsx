/** 'Extended Logging Properties': when a new file is begun and where, and which fields a line has. */
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { SettingsDialog } from '../SettingsDialog.tsx';
import { LogFields } from './LogFields.tsx';
import { LogSchedule } from './LogSchedule.tsx';

export const loggingKeys = [
  'logging.period',
  'logging.fileSizeLimit',
  'logging.localTime',
  'logging.folder',
  'logging.filesKept',
  'logging.fields',
] as const satisfies readonly SettingKey[];

const pages = ['logGeneral', 'logAdvanced'] as const;
type Page = (typeof pages)[number];

export function LoggingDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('generalTab');
  const [page, setPage] = useState<Page>('logGeneral');
  return (
    <SettingsDialog
      help="logging"
      title={t('logTitle')}
      keys={loggingKeys}
      onClose={onClose}
      onProblem={() => setPage('logGeneral')}
      width={500}
    >
      <Tabs
        value={page}
        aria-label={t('logTitle')}
        selectionFollowsFocus
        onChange={(_event, next: Page) => setPage(next)}
      >
        {pages.map((id) => (
          <Tab key={id} value={id} id={`log-tab-${id}`} aria-controls={`log-panel-${id}`} label={t(id)} />
        ))}
      </Tabs>
      {/* Both stay in one cell, so that the dialog keeps its size. */}
      <div style={{ display: 'grid' }}>
        <Panel page="logGeneral" shown={page}>
          <LogSchedule />
        </Panel>
        <Panel page="logAdvanced" shown={page}>
          <LogFields />
        </Panel>
      </div>
    </SettingsDialog>
  );
}

interface PanelProps {
  readonly page: Page;
  readonly shown: Page;
  readonly children: ReactNode;
}

const Panel = ({ page, shown, children }: PanelProps) => (
  <div
    role="tabpanel"
    id={`log-panel-${page}`}
    aria-labelledby={`log-tab-${page}`}
    style={{ gridArea: '1 / 1', minWidth: 0, visibility: page === shown ? 'visible' : 'hidden' }}
  >
    {children}
  </div>
);
