import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, texts } from '../../../shared/texts/index.ts';
import { GroupBox, Note, RadioButton, TextInput } from '../../app/fields.tsx';
import { SettingLimit, SettingSwitch, SettingText } from '../SettingField.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { logFileName } from './log-file-name.ts';

const periods = ['hourly', 'daily', 'weekly', 'monthly', 'unlimited'] as const;

/** The page 'General' of the logging properties. */
export function LogSchedule() {
  const { t } = useTranslation('generalTab');
  const { serverId, draft } = useSheet();
  return (
    <>
      <Schedule />
      <SettingSwitch settingKey="logging.localTime" />
      <div style={{ margin: '6px 0' }}>
        <SettingText settingKey="logging.folder" labelWidth={170} placeholder={t('usualLogFolder')} />
      </div>
      <div data-selectable role="status">
        <Note>{t('logNext', { name: logFileName(serverId, draft['logging.period']) })}</Note>
      </div>
      <SettingLimit settingKey="logging.filesKept" />
    </>
  );
}

function Schedule() {
  const { i18n } = useTranslation();
  const { draft, change } = useSheet();
  const { label, help, note } = useSettingText('logging.period');
  const words = texts[chooseLanguage([i18n.language])].settingOptions['logging.period'];
  const period = draft['logging.period'];
  return (
    <SettingRow settingKey="logging.period" help={help}>
      <GroupBox legend={label}>
        {note !== undefined && <Note>{note}</Note>}
        {periods.map((option) => (
          <RadioButton
            key={option}
            name="log-period"
            label={words[option]}
            checked={period === option}
            onSelect={() => change('logging.period', option)}
          />
        ))}
        <SizeLimit />
      </GroupBox>
    </SettingRow>
  );
}

/** The last of the radio buttons carries the size. */
function SizeLimit() {
  const { draft, change } = useSheet();
  const { label, help, problem } = useSettingText('logging.fileSizeLimit');
  const problemId = useId();
  const isBySize = draft['logging.period'] === 'bySize';
  const limit = draft['logging.fileSizeLimit'];
  return (
    <SettingRow settingKey="logging.fileSizeLimit" help={help} problem={problem} problemId={problemId}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <div style={{ flex: 1 }}>
          <RadioButton
            name="log-period"
            label={label}
            checked={isBySize}
            onSelect={() => change('logging.period', 'bySize')}
          />
        </div>
        <TextInput
          aria-label={label}
          numeric
          width={90}
          value={limit.text}
          disabled={!isBySize}
          onChange={(text) => change('logging.fileSizeLimit', { ...limit, text })}
          {...(problem === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': problemId })}
        />
      </div>
    </SettingRow>
  );
}
