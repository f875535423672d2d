import { useTranslation } from 'react-i18next';
import { certificatePassphrase } from '../../../shared/settings/secrets.ts';
import { GroupBox } from '../../app/fields.tsx';
import { SecretField } from '../SecretField.tsx';
import { SettingText } from '../SettingField.tsx';
import { SettingsDialog } from '../SettingsDialog.tsx';
import { CertificateStatus } from './CertificateStatus.tsx';

export const certificateKeys = ['access.certificateFile', 'access.certificateKeyFile'] as const;

/** The files of the certificate for incoming connections. IIS takes it from the store of the computer. */
export function CertificateDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('accessTab');
  return (
    <SettingsDialog
      title={t('certificate')}
      keys={certificateKeys}
      onClose={onClose}
      width={540}
      help="secure-communication"
    >
      <p style={{ margin: '0 0 6px' }}>{t('certificateExplanation')}</p>
      <SettingText settingKey="access.certificateFile" labelWidth={140} />
      <SettingText settingKey="access.certificateKeyFile" labelWidth={140} />
      <SecretField name={certificatePassphrase} label={t('passphrase')} labelWidth={140} />
      <GroupBox legend={t('certificateSaved')}>
        <CertificateStatus />
      </GroupBox>
    </SettingsDialog>
  );
}
