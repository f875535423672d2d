import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueWindow } from './queue-window.ts';

const Middle = styled('div')(({ theme }) => ({
  position: 'absolute',
  inset: '25px 0 0',
  pointerEvents: 'none',
  '& button': { pointerEvents: 'auto' },
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'center',
  gap: 6,
  padding: '48px 24px',
  textAlign: 'center',
  color: theme.vars.palette.text.secondary,
  '& strong': { fontWeight: 600, color: theme.vars.palette.text.primary },
}));

interface EmptyQueueProps {
  readonly window: QueueWindow;
  readonly isFiltered: boolean;
  readonly onClearFilter: () => void;
}

/** Says why the list is empty, and what to do where something can be done. Beside the grid's rows, not one of them. */
export function EmptyQueue({ window, isFiltered, onClearFilter }: EmptyQueueProps) {
  const { t } = useTranslation('queue');
  if (!window.known) return <Middle>{t('empty.loading')}</Middle>;
  if (window.recovering) return <Said headline={t('empty.reading')}>{t('empty.readingMore')}</Said>;
  if (!isFiltered) return <Said headline={t('empty.noMail')}>{t('empty.noMailMore')}</Said>;
  return (
    <Said headline={t('empty.noMatch')}>
      {t('empty.noMatchMore', { count: window.queueTotal })}
      <p>
        <Button onClick={onClearFilter}>{t('filter.clear')}</Button>
      </p>
    </Said>
  );
}

const Said = ({ headline, children }: { readonly headline: string; readonly children: ReactNode }) => (
  <Middle>
    <strong>{headline}</strong>
    <div>{children}</div>
  </Middle>
);
