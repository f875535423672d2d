import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../app/Dialog.tsx';
import { Icon } from '../../app/Icon.tsx';

interface OpenRelayDialogProps {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** The plain warning before an open relay can be saved. */
export function OpenRelayDialog({ onConfirm, onCancel }: OpenRelayDialogProps) {
  const { t } = useTranslation('properties');
  return (
    <ConfirmDialog
      title={t('openRelay.title')}
      confirmLabel={t('openRelay.confirm')}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <div style={{ display: 'flex', gap: 10 }}>
        <Icon name="warning" />
        <div>
          <p style={{ margin: '0 0 8px', fontWeight: 600 }}>{t('openRelay.text')}</p>
          <p style={{ margin: 0 }}>{t('openRelay.consequence')}</p>
        </div>
      </div>
    </ConfirmDialog>
  );
}
