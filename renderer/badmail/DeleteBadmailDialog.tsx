import { useTranslation } from 'react-i18next';
import type { BadmailRow } from '../../shared/contract/messages.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { recipientText, senderText, subjectText } from './badmail-texts.ts';

interface DeleteBadmailDialogProps {
  readonly rows: readonly BadmailRow[];
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before Badmail is deleted: nothing brings it back. */
export function DeleteBadmailDialog({ rows, onConfirm, onCancel }: DeleteBadmailDialogProps) {
  const { t } = useTranslation('badmail');
  const [first] = rows;
  const count = rows.length;
  return (
    <ConfirmDialog
      title={t('delete.title')}
      confirmLabel={t('delete.confirm')}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <strong style={{ fontWeight: 600 }}>{t('delete.question', { count })}</strong>
      {count === 1 && first !== undefined && (
        <p style={{ margin: '8px 0 0', overflowWrap: 'anywhere' }}>
          {t('delete.subject', {
            subject: subjectText(t, first),
            sender: senderText(t, first),
            recipient: recipientText(t, first),
          })}
        </p>
      )}
      <p style={{ margin: '8px 0 4px' }}>{t(count === 1 ? 'delete.consequence' : 'delete.consequenceMany')}</p>
    </ConfirmDialog>
  );
}
