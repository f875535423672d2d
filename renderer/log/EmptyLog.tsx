import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../app/EmptyState.tsx';

const Middle = styled('div')({ position: 'absolute', inset: '25px 0 0', pointerEvents: 'none' });
const Below = styled('div')({ padding: '0 16px', '& button': { pointerEvents: 'auto' } });

interface EmptyLogProps {
  /** The first answer is there. */
  readonly begun: boolean;
  /** Lines the server has written so far. */
  readonly seen: number;
  /** Lines that the filter could show. */
  readonly kept: number;
  readonly stopped: boolean;
  readonly failed: boolean;
  readonly onClearFilter: () => void;
}

/** Why there is no line to see, and what to do. */
export function EmptyLog({ begun, seen, kept, stopped, failed, onClearFilter }: EmptyLogProps) {
  const { t } = useTranslation('log');
  const { t: tApp } = useTranslation('app');
  if (failed)
    return (
      <Middle role="alert">
        <EmptyState headline={t('failed')} />
      </Middle>
    );
  if (!begun)
    return (
      <Middle>
        <EmptyState headline={tApp('list.loading')} />
      </Middle>
    );
  if (kept > 0) {
    return (
      <Middle>
        <EmptyState headline={t('noMatch')}>{t('noMatchMore', { count: kept })}</EmptyState>
        <Below>
          <Button onClick={onClearFilter}>{t('clearFilter')}</Button>
        </Below>
      </Middle>
    );
  }
  return (
    <Middle>
      {seen > 0 ? (
        <EmptyState headline={t('cleared')} />
      ) : (
        <EmptyState headline={t('empty')}>{stopped ? t('emptyStopped') : t('emptyAdvice')}</EmptyState>
      )}
    </Middle>
  );
}
