import { styled } from '@mui/material/styles';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice } from './use-bulk-actions.ts';

const Region = styled('div')({
  position: 'absolute',
  right: 16,
  bottom: 16,
  left: 16,
  display: 'flex',
  justifyContent: 'flex-end',
  // Over the list without taking its clicks.
  pointerEvents: 'none',
  zIndex: 2,
});

const Message = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  maxWidth: 640,
  padding: '5px 4px 5px 12px',
  pointerEvents: 'auto',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.primary.main}`,
  boxShadow: '2px 3px 8px rgb(0 0 0 / 25%)',
  '& button': {
    width: 24,
    height: 24,
    border: 'none',
    background: 'transparent',
    color: 'inherit',
    font: 'inherit',
    fontSize: 16,
  },
  '& button:hover': { backgroundColor: theme.vars.palette.frame.hover },
}));

/** Long enough to read two lines. */
const shownForMs = 10_000;

/** What an action did. Announced politely; gone after a while or by its cross. */
export function NoticeBar({ notice, onDismiss }: { readonly notice: Notice | null; readonly onDismiss: () => void }) {
  const { t } = useTranslation('app');
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(onDismiss, shownForMs);
    return () => clearTimeout(timer);
  }, [notice, onDismiss]);
  return (
    <Region role="status" aria-live="polite">
      {notice !== null && (
        <Message key={notice.number}>
          <span>{notice.text}</span>
          <button type="button" aria-label={t('dialog.close')} onClick={onDismiss}>
            ×
          </button>
        </Message>
      )}
    </Region>
  );
}
