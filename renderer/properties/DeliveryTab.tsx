import { useTranslation } from 'react-i18next';
import { GroupBox, Note } from '../app/fields.tsx';
import { AdvancedDeliveryButton } from './delivery/AdvancedDelivery.tsx';
import { OutboundConnectionsButton } from './delivery/OutboundConnections.tsx';
import { RetryIntervals } from './delivery/RetryIntervals.tsx';
import { ServerSecurityButton } from './delivery/ServerSecurity.tsx';
import { SettingAmount, SettingLimit, SettingSwitch } from './SettingField.tsx';
import { useSheet } from './sheet.tsx';

/** When mail is tried again and given up, and how it leaves. */
export function DeliveryTab() {
  const { t } = useTranslation('delivery');
  return (
    <>
      <GroupBox legend={t('outbound')}>
        <RetryIntervals />
        <SettingLimit settingKey="delivery.delayNotification" />
        <SettingAmount settingKey="delivery.expiration" />
        <SettingSwitch settingKey="delivery.expireDuringOutage" />
      </GroupBox>
      <GroupBox legend={t('local')}>
        <SettingLimit settingKey="delivery.localDelayNotification" />
        <SettingAmount settingKey="delivery.localExpiration" />
      </GroupBox>
      <Route />
      <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: 8, marginTop: 10 }}>
        <ServerSecurityButton />
        <OutboundConnectionsButton />
        <AdvancedDeliveryButton />
      </div>
    </>
  );
}

/** The way in one sentence, so that nobody must open a dialog to see it. */
function Route() {
  const { t } = useTranslation('delivery');
  const { draft } = useSheet();
  const hosts = draft['delivery.smartHosts'].join(', ');
  const directFirst = draft['delivery.directFirst'];
  return (
    <Note>{hosts === '' ? t('routeDns') : t(directFirst ? 'routeDirectFirst' : 'routeSmartHosts', { hosts })}</Note>
  );
}
