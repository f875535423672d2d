import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem, FieldRow, GroupBox, Note, SelectBox, TextInput } from '../app/fields.tsx';
import { type TimeUnit, timeUnits } from './amounts.ts';
import { replaceAt } from './edit-list.ts';
import { AmountSetting, HiddenProblem, LimitSetting, TextSetting, useSettingText } from './SettingField.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { SmartHosts } from './SmartHosts.tsx';
import { useSheet } from './sheet.tsx';

const connectionKeys = [
  'delivery.connectionLimit',
  'delivery.connectionsPerDestination',
  'delivery.connectionTimeout',
  'delivery.outboundPort',
] as const;
const advancedKeys = ['delivery.fullyQualifiedName'] as const;

export function DeliveryTab() {
  const { t } = useTranslation('properties');
  const { problems } = useSheet();
  const [open, setOpen] = useState<'connections' | 'advanced' | null>(null);
  const close = (): void => setOpen(null);
  const behindButtons = [...connectionKeys, ...advancedKeys].find((key) => problems[key] !== undefined);
  return (
    <>
      <GroupBox legend={t('delivery.outbound')}>
        <RetryIntervals />
        <Expiration />
      </GroupBox>
      <SmartHosts />
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
        <Button onClick={() => setOpen('connections')}>{t('delivery.connectionsButton')}</Button>
        <Button onClick={() => setOpen('advanced')}>{t('advanced')}</Button>
      </div>
      {behindButtons !== undefined && <HiddenProblem settingKey={behindButtons} />}
      {open === 'connections' && (
        <SettingsDialog title={t('delivery.connections')} keys={connectionKeys} onClose={close}>
          <LimitSetting settingKey="delivery.connectionLimit" />
          <AmountSetting settingKey="delivery.connectionTimeout" />
          <LimitSetting settingKey="delivery.connectionsPerDestination" />
          <AmountSetting settingKey="delivery.outboundPort" />
        </SettingsDialog>
      )}
      {open === 'advanced' && (
        <SettingsDialog title={t('delivery.advanced')} keys={advancedKeys} onClose={close}>
          <TextSetting settingKey="delivery.fullyQualifiedName" />
          <Note>{t('delivery.nameHint')}</Note>
        </SettingsDialog>
      )}
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
