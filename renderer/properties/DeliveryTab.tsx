import { useTranslation } from 'react-i18next';
import { FieldProblem, FieldRow, GroupBox, Note, TextInput } from '../app/fields.tsx';
import { replaceAt } from './edit-list.ts';
import { SettingAmount, SettingLimit, SettingText } from './SettingField.tsx';
import { SettingsButton } from './SettingsButton.tsx';
import { SmartHosts } from './SmartHosts.tsx';
import { useSheet } from './sheet.tsx';
import { useSettingText } from './use-setting-text.ts';

export function DeliveryTab() {
  const { t } = useTranslation('properties');
  return (
    <>
      <GroupBox legend={t('delivery.outbound')}>
        <RetryIntervals />
        <SettingAmount settingKey="delivery.expiration" />
      </GroupBox>
      <SmartHosts />
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
        <SettingsButton
          label={t('delivery.connectionsButton')}
          title={t('delivery.connections')}
          keys={[
            'delivery.connectionLimit',
            'delivery.connectionsPerDestination',
            'delivery.connectionTimeout',
            'delivery.outboundPort',
          ]}
        >
          <SettingLimit settingKey="delivery.connectionLimit" />
          <SettingAmount settingKey="delivery.connectionTimeout" />
          <SettingLimit settingKey="delivery.connectionsPerDestination" />
          <SettingAmount settingKey="delivery.outboundPort" />
        </SettingsButton>
        <SettingsButton label={t('advanced')} title={t('delivery.advanced')} keys={['delivery.fullyQualifiedName']}>
          <SettingText settingKey="delivery.fullyQualifiedName" maxLength={253} />
          <Note>{t('delivery.nameHint')}</Note>
        </SettingsButton>
      </div>
    </>
  );
}

const retryLabels = [
  'delivery.firstRetry',
  'delivery.secondRetry',
  'delivery.thirdRetry',
  'delivery.subsequentRetry',
] as const;

function RetryIntervals() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const { note, problem } = useSettingText('delivery.retryIntervals');
  const texts = draft['delivery.retryIntervals'];
  return (
    <>
      {note !== undefined && <Note>{note}</Note>}
      {retryLabels.map((label, index) => (
        <FieldRow key={label} label={t(label)}>
          {(ids) => (
            <TextInput
              {...ids}
              numeric
              width={90}
              value={texts[index] ?? ''}
              onChange={(text) => change('delivery.retryIntervals', replaceAt(texts, index, text))}
              {...(problem === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': 'retry-problem' })}
            />
          )}
        </FieldRow>
      ))}
      <FieldProblem id="retry-problem" problem={problem} />
    </>
  );
}
