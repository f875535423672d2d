/** One setting as a row of a tab, by its kind: the label comes from the texts, the range from the schema. */
import { useTranslation } from 'react-i18next';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { CheckBox, FieldProblem, FieldRow, Note, TextInput } from '../app/fields.tsx';
import type { AmountKey, LimitKey } from './draft.ts';
import { draftProblemText, useSheet } from './sheet.tsx';

/** Width of a number in pixels. */
const numberWidth = 90;

export function useSettingText(key: SettingKey) {
  const { t, i18n } = useTranslation('properties');
  const { problems, isOverridden } = useSheet();
  const { label, help } = texts[chooseLanguage([i18n.language])].settings[key];
  return {
    label,
    help,
    note: isOverridden(key) ? t('overridden') : undefined,
    problem: draftProblemText(t, problems[key]),
  };
}

/** A problem whose field is not on the page: behind a button of it, or on no page at all. */
export function HiddenProblem({ settingKey }: { readonly settingKey: SettingKey }) {
  const { label, problem } = useSettingText(settingKey);
  const id = `${settingKey}-hidden-problem`;
  return <FieldProblem id={id} problem={problem === undefined ? undefined : `${label}: ${problem}`} />;
}

export function TextSetting({ settingKey }: { readonly settingKey: 'general.name' | 'delivery.fullyQualifiedName' }) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  return (
    <FieldRow label={label} note={note} problem={problem} narrowLabel={180} title={help}>
      {(ids) => (
        <TextInput
          {...ids}
          value={draft[settingKey]}
          maxLength={settingKey === 'general.name' ? 100 : 253}
          onChange={(text) => change(settingKey, text)}
        />
      )}
    </FieldRow>
  );
}

export function AmountSetting({ settingKey }: { readonly settingKey: AmountKey }) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  return (
    <FieldRow label={label} note={note} problem={problem} title={help}>
      {(ids) => (
        <TextInput
          {...ids}
          numeric
          width={numberWidth}
          value={draft[settingKey]}
          onChange={(text) => change(settingKey, text)}
        />
      )}
    </FieldRow>
  );
}

/** A check box that switches the limit on, and its number. */
export function LimitSetting({ settingKey }: { readonly settingKey: LimitKey }) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  const limit = draft[settingKey];
  const problemId = `${settingKey}-problem`;
  return (
    <div title={help}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
        <div style={{ flex: 1 }}>
          <CheckBox
            label={
              <>
                {label} {note !== undefined && <Note>{note}</Note>}
              </>
            }
            checked={limit.on}
            onChange={(on) => change(settingKey, { ...limit, on })}
          />
        </div>
        <TextInput
          aria-label={label}
          numeric
          width={numberWidth}
          value={limit.text}
          disabled={!limit.on}
          onChange={(text) => change(settingKey, { ...limit, text })}
          {...(problem === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': problemId })}
        />
      </div>
      <FieldProblem id={problemId} problem={problem} />
    </div>
  );
}
