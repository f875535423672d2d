import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';

interface ConflictDialogProps {
  readonly onReload: () => void;
  readonly onOverwrite: () => void;
  readonly onCancel: () => void;
}

/** Two consoles edit the same server: neither may overwrite the other silently. */
export function ConflictDialog({ onReload, onOverwrite, onCancel }: ConflictDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  return (
    <ConsoleDialog
      role="alertdialog"
      title={t('conflict.title')}
      onClose={onCancel}
      buttons={[
        { label: t('conflict.reload'), onClick: onReload },
        { label: t('conflict.overwrite'), onClick: onOverwrite },
        { label: tApp('dialog.cancel'), onClick: onCancel, isDefault: true },
      ]}
    >
      <p style={{ margin: '0 0 8px' }}>{t('conflict.text')}</p>
      <p style={{ margin: 0 }}>{t('conflict.choice')}</p>
    </ConsoleDialog>
  );
}
