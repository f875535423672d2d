import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { problemOf } from './dialogs.tsx';
import { EmptyState } from './EmptyState.tsx';
import { problemText } from './problem-text.ts';

/** In place of a view whose data could not be had. */
export function QueryFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation('app');
  const { t: tProblems, i18n } = useTranslation('problems');
  const { summary, detail } = problemText(tProblems, i18n.language, problemOf(error));
  return (
    <div role="alert">
      <EmptyState headline={t('list.failed')}>
        {summary} {detail !== null && <span lang="en">{detail}</span>}
      </EmptyState>
      <Button onClick={onRetry} sx={{ marginLeft: '16px' }}>
        {t('list.tryAgain')}
      </Button>
    </div>
  );
}
