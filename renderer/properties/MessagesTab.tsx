import { useTranslation } from 'react-i18next';
import { GroupBox } from '../app/fields.tsx';
import { LimitSetting } from './SettingField.tsx';

export function MessagesTab() {
  const { t } = useTranslation('properties');
  return (
    <GroupBox legend={t('messages.limits')}>
      <LimitSetting settingKey="messages.sizeLimit" />
      <LimitSetting settingKey="messages.recipientLimit" />
    </GroupBox>
  );
}
