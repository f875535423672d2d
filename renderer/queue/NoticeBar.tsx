import Button from '@mui/material/Button';
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
}));

const Cross = styled('button')(({ theme }) => ({
  width: 24,
  height: 24,
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  fontSize: 16,
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
}));

/** Long enough to read two lines; longer when there is something to decide. */
const shownForMs = 10_000;
const shownForUndoMs = 60_000;

interface NoticeBarProps {
  readonly notice: Notice | null;
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** What an action did. Announced politely; gone after a while or by its cross. */
export function NoticeBar({ notice, onUndo, onDismiss }: NoticeBarProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const deletion = notice?.deletion ?? null;
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(onDismiss, notice.deletion === null ? shownForMs : shownForUndoMs);
    return () => clearTimeout(timer);
  }, [notice, onDismiss]);
  return (
    <Region role="status" aria-live="polite">
      {notice !== null && (
        <Message key={notice.number}>
          <span>{notice.text}</span>
          {deletion !== null && (
            <Button title={t(`undo.hint.${deletion.reach}`)} onClick={onUndo}>
              {t(`undo.label.${deletion.reach}`)}
            </Button>
          )}
          <Cross type="button" aria-label={tApp('dialog.close')} onClick={onDismiss}>
            ×
          </Cross>
        </Message>
      )}
    </Region>
  );
}
