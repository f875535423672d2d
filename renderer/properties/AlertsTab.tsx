import { useTranslation } from 'react-i18next';
import { GroupBox, Note } from '../app/fields.tsx';
import { SettingAmount, SettingLimit } from './SettingField.tsx';

/** When the console and the event log warn, mail or no mail. */
export function AlertsTab() {
  const { t } = useTranslation('properties');
  return (
    <>
      <p style={{ margin: '0 0 10px' }}>{t('alerts.explanation')}</p>
      <GroupBox legend={t('alerts.queue')}>
        <SettingLimit settingKey="alerts.oldestMessage" />
        <SettingLimit settingKey="alerts.queueDepth" />
      </GroupBox>
      <GroupBox legend={t('alerts.disk')}>
        <SettingAmount settingKey="alerts.freeSpaceFloor" />
      </GroupBox>
      <GroupBox legend={t('alerts.certificate')}>
        <SettingLimit settingKey="alerts.certificateExpiry" />
        <Note>{t('alerts.certificateNote')}</Note>
      </GroupBox>
    </>
  );
}
