import { useTranslation } from 'react-i18next';
import type { DestinationRow } from '../../shared/contract/messages.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';

interface DeleteDestinationDialogProps {
  readonly destination: DestinationRow;
  readonly onDelete: (report: boolean) => void;
  readonly onCancel: () => void;
}

/** The question before all mail of one destination is deleted: with report, without, or not at all (the default). */
export function DeleteDestinationDialog({ destination, onDelete, onCancel }: DeleteDestinationDialogProps) {
  const { t } = useTranslation('queue');
  const { t: tApp } = useTranslation('app');
  const { nextHop, counts } = destination;
  return (
    <ConsoleDialog
      help="destinations"
      role="alertdialog"
      title={t('destinations.deleteAll.title')}
      width={500}
      onClose={onCancel}
      buttons={[
        { label: t('delete.withReport'), onClick: () => onDelete(true) },
        { label: t('delete.withoutReport'), onClick: () => onDelete(false) },
        { label: tApp('dialog.cancel'), onClick: onCancel, isDefault: true },
      ]}
    >
      <strong style={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {t('destinations.deleteAll.question', { count: counts.total, nextHop })}
      </strong>
      <p style={{ margin: '8px 0 0' }}>{t('destinations.deleteAll.whole')}</p>
      <p style={{ margin: '8px 0 4px' }}>{t('delete.explanationMany')}</p>
      <p style={{ margin: '4px 0' }}>{t('delete.takeBackMany')}</p>
    </ConsoleDialog>
  );
}
