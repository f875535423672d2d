import { useTranslation } from 'react-i18next';
import { SettingSwitch } from '../SettingField.tsx';
import { SettingsDialog } from '../SettingsDialog.tsx';
import { AccessList } from './AccessList.tsx';
import { RelayCheck } from './RelayCheck.tsx';

export const relayKeys = ['access.relayMode', 'access.relayList', 'access.relayAuthenticated'] as const;

/** 'Relay Restrictions': who may send through this server to other domains. */
export function RelayDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('properties');
  return (
    <SettingsDialog title={t('relay.title')} keys={relayKeys} onClose={onClose} width={540} help="relay">
      <AccessList
        modeKey="access.relayMode"
        listKey="access.relayList"
        question={t('relay.question')}
        empty={{ onlyListed: t('relay.emptyOnlyListed'), allExceptListed: t('relay.emptyAllExcept') }}
      />
      <SettingSwitch settingKey="access.relayAuthenticated" />
      <RelayCheck />
    </SettingsDialog>
  );
}
