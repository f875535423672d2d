import { useTranslation } from 'react-i18next';
import { CheckBox, FieldProblem, GroupBox, Note } from '../../app/fields.tsx';
import { SettingAmount, SettingLimit, SettingSwitch } from '../SettingField.tsx';
import { SettingsDialog } from '../SettingsDialog.tsx';
import { useSheet } from '../sheet.tsx';
import { Caution } from './Caution.tsx';
import { Users } from './Users.tsx';

export const authenticationKeys = [
  'access.anonymous',
  'access.basic',
  'access.basicRequiresTls',
  'access.users',
  'access.failedLoginDelay',
  'access.lockoutThreshold',
  'access.lockoutTime',
] as const;

/** 'Authentication': whether and how clients log on. */
export function AuthenticationDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('accessTab');
  const { draft } = useSheet();
  const basic = draft['access.basic'];
  const none = !draft['access.anonymous'] && !basic;
  const needsCertificate = basic && draft['access.basicRequiresTls'] && draft['access.certificateFile'].trim() === '';
  return (
    <SettingsDialog
      help="authentication"
      title={t('authentication')}
      keys={authenticationKeys}
      onClose={onClose}
      width={540}
      acceptable={!none}
    >
      <GroupBox legend={t('methods')}>
        <SettingSwitch settingKey="access.anonymous" />
        <SettingSwitch settingKey="access.basic" />
        <div style={{ marginLeft: 21 }}>
          <SettingSwitch settingKey="access.basicRequiresTls" disabled={!basic} />
          <div role="status">
            {needsCertificate && <Caution>{t('basicNeedsCertificate')}</Caution>}
            {basic && draft['access.users'].length === 0 && <Caution>{t('basicNeedsUsers')}</Caution>}
          </div>
        </div>
        <CheckBox label={t('integrated')} checked={false} disabled onChange={() => undefined} />
        <div style={{ marginLeft: 21 }}>
          <Note>{t('integratedNote')}</Note>
        </div>
        <FieldProblem id="authentication-problem" problem={none ? t('oneMethod') : undefined} />
      </GroupBox>
      <Users />
      <GroupBox legend={t('failedLogons')}>
        <SettingAmount settingKey="access.failedLoginDelay" />
        <SettingLimit settingKey="access.lockoutThreshold" />
        <SettingAmount settingKey="access.lockoutTime" disabled={!draft['access.lockoutThreshold'].on} />
      </GroupBox>
    </SettingsDialog>
  );
}
