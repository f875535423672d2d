import { useTranslation } from 'react-i18next';
import { FieldProblem, FieldRow, GroupBox, Note, SelectBox, TextInput } from '../app/fields.tsx';
import { type TimeUnit, timeUnits } from './amounts.ts';
import { replaceAt } from './edit-list.ts';
import { AmountSetting, LimitSetting, TextSetting, useSettingText } from './SettingField.tsx';
import { SmartHosts } from './SmartHosts.tsx';
import { useSheet } from './sheet.tsx';

export function DeliveryTab() {
  const { t } = useTranslation('properties');
  return (
    <>
      <GroupBox legend={t('delivery.outbound')}>
        <RetryIntervals />
        <Expiration />
      </GroupBox>
      <SmartHosts />
      <GroupBox legend={t('delivery.connections')}>
        <LimitSetting settingKey="delivery.connectionLimit" />
        <LimitSetting settingKey="delivery.connectionsPerDestination" />
        <AmountSetting settingKey="delivery.connectionTimeout" />
        <AmountSetting settingKey="delivery.outboundPort" />
      </GroupBox>
      <GroupBox legend={t('delivery.identity')}>
        <TextSetting settingKey="delivery.fullyQualifiedName" />
      </GroupBox>
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

function Expiration() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText('delivery.expiration');
  const { text, unit } = draft['delivery.expiration'];
  const set = (next: { readonly text: string; readonly unit: TimeUnit }): void => change('delivery.expiration', next);
  return (
    <FieldRow label={label} note={note} problem={problem} title={help}>
      {(ids) => (
        <>
          <TextInput {...ids} numeric width={90} value={text} onChange={(typed) => set({ text: typed, unit })} />
          <SelectBox
            aria-label={t('delivery.expirationUnit')}
            width={90}
            value={unit}
            options={timeUnits.map((value) => ({ value, label: t(`units.${value}`) }))}
            onChange={(value) => set({ text, unit: timeUnits.find((known) => known === value) ?? unit })}
          />
        </>
      )}
    </FieldRow>
  );
}
