import { useTranslation } from 'react-i18next';
import { FieldRow, Note, TextInput } from '../../app/fields.tsx';
import { replaceAt } from '../edit-list.ts';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';

const labels = ['firstRetry', 'secondRetry', 'thirdRetry', 'subsequentRetry'] as const;
const problemId = 'retry-problem';

/** The four waiting times of IIS 6: after the first, second, third and each further attempt that failed. */
export function RetryIntervals() {
  const { t } = useTranslation('delivery');
  const { draft, change } = useSheet();
  const { note, problem, help } = useSettingText('delivery.retryIntervals');
  const texts = draft['delivery.retryIntervals'];
  return (
    <SettingRow settingKey="delivery.retryIntervals" help={help} problem={problem} problemId={problemId}>
      {note !== undefined && <Note>{note}</Note>}
      <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
        {labels.map((label, index) => (
          <FieldRow key={label} label={t(label)}>
            {(ids) => (
              <TextInput
                {...ids}
                numeric
                width={90}
                maxLength={12}
                value={texts[index] ?? ''}
                onChange={(text) => change('delivery.retryIntervals', replaceAt(texts, index, text))}
                {...(problem === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': problemId })}
              />
            )}
          </FieldRow>
        ))}
      </div>
    </SettingRow>
  );
}
