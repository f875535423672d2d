import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '../app/ProgressBar.tsx';
import type { RunningBulk } from './use-bulk-actions.ts';

const Place = styled('div')(({ theme }) => ({
  position: 'absolute',
  right: 16,
  bottom: 16,
  zIndex: 3,
  display: 'flex',
  alignItems: 'center',
  gap: 12,
  width: 460,
  maxWidth: 'calc(100% - 32px)',
  boxSizing: 'border-box',
  padding: '5px 6px 5px 12px',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.primary.main}`,
  boxShadow: '2px 3px 8px rgb(0 0 0 / 25%)',
  '& > :first-of-type': { flex: 1, minWidth: 0 },
}));

/** How far an action on very many messages is, and the way to end it. */
export function BulkProgress({ running }: { readonly running: RunningBulk }) {
  const { t } = useTranslation('queue');
  const { progress, collecting, stop } = running;
  return (
    <Place>
      <ProgressBar
        label={t('bulk.label')}
        progress={progress}
        text={t(collecting ? 'bulk.collecting' : 'bulk.progress', { ...progress })}
      />
      <Button onClick={stop}>{t('bulk.stop')}</Button>
    </Place>
  );
}
