import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../api/queries.ts';
import { ConsoleDialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';

const Facts = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'max-content 1fr',
  gap: '4px 16px',
  margin: '12px 0 0',
  '& dt': { color: theme.vars.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
}));

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('app');
  const { data: status } = useStatus();
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <ConsoleDialog
      title={t('about.title')}
      onClose={onClose}
      width={480}
      buttons={[{ label: t('dialog.ok'), onClick: onClose, isDefault: true }]}
    >
      <div data-selectable>
        <div style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
          <Icon name="console" />
          <strong>{t('productName')}</strong>
        </div>
        <p style={{ margin: '6px 0 0' }}>{t('about.description')}</p>
        <Facts>
          {status !== undefined && (
            <>
              <dt>{t('about.version')}</dt>
              <dd>{status.version}</dd>
            </>
          )}
          <dt>{t('about.licence')}</dt>
          <dd>MIT</dd>
          {status !== undefined && (
            <>
              <dt>{t('about.computer')}</dt>
              <dd>{status.computerName}</dd>
              <dt>{t('about.hostedBy')}</dt>
              <dd>{t(`about.hostedByValue.${status.hostedBy}`, { processId: status.processId })}</dd>
              <dt>{t('about.runningSince')}</dt>
              <dd>{moment.format(status.startedAtMs)}</dd>
              <dt>{t('about.dataFolder')}</dt>
              <dd>{status.dataFolder}</dd>
            </>
          )}
        </Facts>
      </div>
    </ConsoleDialog>
  );
}
