import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { GroupBox, Note } from '../../app/fields.tsx';
import { SettingAmount, SettingSwitch, SettingText } from '../SettingField.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { SettingsButton } from '../SettingsButton.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { HostNameField } from './HostNameField.tsx';
import { SmartHostList } from './SmartHostList.tsx';

const keys: readonly SettingKey[] = [
  'delivery.fullyQualifiedName',
  'delivery.masqueradeDomain',
  'delivery.hopLimit',
  'delivery.smartHosts',
  'delivery.directFirst',
  'delivery.reverseLookup',
];

/** 'Advanced Delivery': names, way and hop count. */
export function AdvancedDeliveryButton() {
  const { t } = useTranslation('delivery');
  return (
    <SettingsButton
      label={t('advancedButton')}
      title={t('advancedTitle')}
      keys={keys}
      width={600}
      help="advanced-delivery"
    >
      <GroupBox legend={t('identity')}>
        <HostNameField />
        <SettingText settingKey="delivery.masqueradeDomain" maxLength={253} labelWidth={190} />
      </GroupBox>
      <GroupBox legend={t('route')}>
        <SmartHosts />
      </GroupBox>
      <GroupBox legend={t('more')}>
        <SettingAmount settingKey="delivery.hopLimit" />
        <SettingSwitch settingKey="delivery.reverseLookup" />
      </GroupBox>
    </SettingsButton>
  );
}

function SmartHosts() {
  const { t } = useTranslation('delivery');
  const { draft, change } = useSheet();
  const { note, problem, help } = useSettingText('delivery.smartHosts');
  const hosts = draft['delivery.smartHosts'];
  return (
    <>
      <SettingRow settingKey="delivery.smartHosts" help={help}>
        <p style={{ margin: '0 0 6px' }}>
          {t('smartHosts.explanation')} {note !== undefined && <Note>{note}</Note>}
        </p>
      </SettingRow>
      <SmartHostList
        hosts={hosts}
        usualPort={draft['delivery.outboundPort'].text}
        problem={problem}
        onChange={(next) => change('delivery.smartHosts', [...next])}
      />
      <SettingSwitch settingKey="delivery.directFirst" disabled={hosts.length === 0} />
    </>
  );
}
