import { useTranslation } from 'react-i18next';
import { useStatus } from '../../api/queries.ts';
import { FieldRow, GroupBox, TextInput } from '../../app/fields.tsx';
import { SettingAmount, SettingLimit, SettingText } from '../SettingField.tsx';
import { SettingsButton } from '../SettingsButton.tsx';
import { useSheet } from '../sheet.tsx';
import { Identities } from './Identities.tsx';
import { Logging } from './Logging.tsx';

const timeLimitKeys = ['general.commandTimeLimit', 'general.transactionTimeLimit', 'general.messageTimeLimit'] as const;

/** Of the texts at the top, in pixels. */
const labelWidth = 205;

export function GeneralTab() {
  const { t } = useTranslation('properties');
  const { t: tGeneral } = useTranslation('generalTab');
  const { server } = useSheet();
  return (
    <>
      <div style={{ marginBottom: 10 }}>
        <SettingText settingKey="general.name" labelWidth={labelWidth} maxLength={100} />
        <ServerName />
        <SettingText
          settingKey="general.mailroot"
          labelWidth={labelWidth}
          placeholder={server?.mailroot ?? tGeneral('mailrootPlaceholder')}
        />
      </div>
      <Identities />
      <GroupBox legend={t('general.connections')}>
        <SettingLimit settingKey="general.connectionLimit" />
        <SettingLimit settingKey="general.connectionLimitPerClient" />
        <SettingAmount settingKey="general.connectionTimeout" />
        <div style={{ display: 'flex', justifyContent: 'flex-end' }}>
          <SettingsButton
            label={tGeneral('timeLimitsButton')}
            title={tGeneral('timeLimits')}
            keys={timeLimitKeys}
            help="time-limits"
          >
            <p style={{ margin: '0 0 6px' }}>{tGeneral('timeLimitsExplanation')}</p>
            {timeLimitKeys.map((key) => (
              <SettingAmount key={key} settingKey={key} />
            ))}
          </SettingsButton>
        </div>
      </GroupBox>
      <Logging />
    </>
  );
}

/** The name in the greeting, to be read here and changed on the Delivery tab, as in IIS. */
function ServerName() {
  const { t } = useTranslation('generalTab');
  const { draft } = useSheet();
  const computerName = useStatus().data?.computerName ?? '';
  const name = draft['delivery.fullyQualifiedName'].trim();
  return (
    <FieldRow label={t('name')} narrowLabel={labelWidth} title={t('nameWhere')}>
      {(ids) => <TextInput {...ids} readOnly value={name === '' ? computerName : name} onChange={() => undefined} />}
    </FieldRow>
  );
}
