import { useTranslation } from 'react-i18next';
import { GroupBox } from '../app/fields.tsx';
import { SettingLimit } from './SettingField.tsx';

export function MessagesTab() {
  const { t } = useTranslation('properties');
  return (
    <GroupBox legend={t('messages.limits')}>
      <SettingLimit settingKey="messages.sizeLimit" />
      <SettingLimit settingKey="messages.recipientLimit" />
    </GroupBox>
  );
}
