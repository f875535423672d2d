import { useTranslation } from 'react-i18next';
import { GroupBox } from '../../app/fields.tsx';
import { SettingAmount, SettingLimit } from '../SettingField.tsx';
import { SettingsButton } from '../SettingsButton.tsx';

const limits = [
  'delivery.connectionLimit',
  'delivery.connectionsPerDestination',
  'delivery.messagesPerMinute',
] as const;
const connection = ['delivery.connectionTimeout', 'delivery.outboundPort'] as const;
const stages = [
  'delivery.connectTimeout',
  'delivery.greetingTimeout',
  'delivery.commandTimeout',
  'delivery.finalReplyTimeout',
] as const;
const keys = [...limits, ...connection, ...stages];

export function OutboundConnectionsButton() {
  const { t } = useTranslation('delivery');
  return (
    <SettingsButton
      label={t('connectionsButton')}
      title={t('connectionsTitle')}
      keys={keys}
      width={560}
      help="outbound-connections"
    >
      <GroupBox legend={t('connections')}>
        {limits.map((key) => (
          <SettingLimit key={key} settingKey={key} />
        ))}
        {connection.map((key) => (
          <SettingAmount key={key} settingKey={key} />
        ))}
      </GroupBox>
      <GroupBox legend={t('timeouts')}>
        {stages.map((key) => (
          <SettingAmount key={key} settingKey={key} />
        ))}
      </GroupBox>
    </SettingsButton>
  );
}
