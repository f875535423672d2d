import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { Icon } from '../app/Icon.tsx';

interface AliasDomainDialogProps {
  readonly name: string;
  readonly defaultDomain: string;
  readonly onClose: () => void;
}

/** An alias has nothing to set; its sheet says why, as in IIS. */
export function AliasDomainDialog({ name, defaultDomain, onClose }: AliasDomainDialogProps) {
  const { t } = useTranslation('domains');
  const { t: tApp } = useTranslation('app');
  return (
    <ConsoleDialog
      title={t('sheet.title', { name })}
      help="local-domain"
      onClose={onClose}
      buttons={[{ label: tApp('dialog.ok'), onClick: onClose, isDefault: true }]}
    >
      <div style={{ display: 'flex', gap: 10 }} data-selectable>
        <Icon name="domainAlias" />
        <div>
          <p style={{ margin: '0 0 8px' }}>
            {defaultDomain === '' ? t('sheet.aliasUnused') : t('sheet.aliasText', { name: defaultDomain })}
          </p>
          <p style={{ margin: 0 }}>{t('sheet.aliasAdvice')}</p>
        </div>
      </div>
    </ConsoleDialog>
  );
}
