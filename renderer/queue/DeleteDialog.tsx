import { useTranslation } from 'react-i18next';
import type { QueueRow } from '../../shared/contract/messages.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { senderText, subjectText } from './columns.ts';

interface DeleteDialogProps {
  readonly count: number;
  /** The message, when it is a single one that is loaded. */
  readonly only: QueueRow | undefined;
  /** Set when everything is meant, not single messages: the whole queue, what the filter matches, or the list but some. */
  readonly everything?: 'queue' | 'filtered' | 'butSome' | undefined;
  readonly onDelete: (report: boolean) => void;
  readonly onCancel: () => void;
}

/** The question before messages are deleted: with report, without, or not at all (the default). */
export function DeleteDialog({ count, only, everything, onDelete, onCancel }: DeleteDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const question = t('delete.question', { count });
  return (
    <ConsoleDialog
      role="alertdialog"
      title={t('delete.title')}
      width={480}
      onClose={onCancel}
      buttons={[
        { label: t('delete.withReport'), onClick: () => onDelete(true) },
        { label: t('delete.withoutReport'), onClick: () => onDelete(false) },
        { label: tApp('dialog.cancel'), onClick: onCancel, isDefault: true },
      ]}
    >
      <strong style={{ fontWeight: 600 }}>{question}</strong>
      {only !== undefined && (
        <p style={{ margin: '8px 0 0', overflowWrap: 'anywhere' }}>
          {t('delete.subject', {
            subject: subjectText(only, t),
            sender: senderText(only, t),
            recipient:
              only.recipientCount > 1
                ? t('cell.moreMeaning', { first: only.recipient, count: only.recipientCount - 1 })
                : only.recipient,
          })}
        </p>
      )}
      {everything !== undefined && <p style={{ margin: '8px 0 0' }}>{t(`delete.everything.${everything}`)}</p>}
      <p style={{ margin: '8px 0 4px' }}>{t(count === 1 ? 'delete.explanation' : 'delete.explanationMany')}</p>
      <p style={{ margin: '4px 0' }}>{t(count === 1 ? 'delete.takeBack' : 'delete.takeBackMany')}</p>
    </ConsoleDialog>
  );
}
