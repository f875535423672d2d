/** One setting as a row of a dialog, by its kind: label and help come from the texts, unit and range from the schema. */
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../shared/contract/computer/file-calls.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';
import { factsOf } from '../../shared/settings/setting-range.ts';
import { chooseLanguage, texts } from '../../shared/texts/index.ts';
import { BrowseButton } from '../app/BrowseButton.tsx';
import { CheckBox, FieldProblem, FieldRow, Note, SelectBox, TextInput } from '../app/fields.tsx';
import { isUnitChosen, timeUnits } from './amounts.ts';
import type { AmountDraft, AmountKey, ChoiceKey, LimitKey, SwitchKey, TextKey } from './draft-types.ts';
import { SettingRow } from './SettingRow.tsx';
import { useSheet } from './sheet.tsx';
import { useSettingText, useSettingWords } from './use-setting-text.ts';

/** Width of a number, and of the unit beside it, in pixels. */
const numberWidth = 90;
const unitWidth = 90;

interface FieldProps<Key extends SettingKey> {
  readonly settingKey: Key;
  /** Where the usual label does not fit the place. */
  readonly label?: string;
  readonly disabled?: boolean;
}

/** A problem whose field is not on the page: behind a button of it, or on no page at all. */
export function HiddenProblem({ settingKey }: { readonly settingKey: SettingKey }) {
  const { label, problem } = useSettingWords(settingKey);
  const id = `${settingKey}-hidden-problem`;
  return <FieldProblem id={id} problem={problem === undefined ? undefined : `${label}: ${problem}`} />;
}

interface TextProps extends FieldProps<TextKey> {
  readonly maxLength?: number;
  /** What holds while the field is empty. */
  readonly placeholder?: string;
  /** Pixels for the label; the field takes the rest. */
  readonly labelWidth?: number;
}

export function SettingText({ settingKey, maxLength = 1_000, labelWidth = 180, placeholder, ...props }: TextProps) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  const kind = fileKindOf(settingKey);
  return (
    <SettingRow settingKey={settingKey} help={help}>
      <FieldRow label={props.label ?? label} note={note} problem={problem} narrowLabel={labelWidth}>
        {(ids) => (
          <>
            <TextInput
              {...ids}
              value={draft[settingKey]}
              maxLength={maxLength}
              disabled={props.disabled ?? false}
              {...(placeholder === undefined ? {} : { placeholder })}
              onChange={(text) => change(settingKey, text)}
            />
            {kind !== null && (
              <BrowseButton
                kind={kind}
                label={props.label ?? label}
                value={draft[settingKey]}
                disabled={props.disabled ?? false}
                onChoose={(path) => change(settingKey, path)}
              />
            )}
          </>
        )}
      </FieldRow>
    </SettingRow>
  );
}

/** What is chosen for it with the system's dialog; null for a text that is no path. */
function fileKindOf(settingKey: TextKey): FileKind | null {
  const { content } = factsOf(settingKey);
  if (content === 'folder') return 'folder';
  if (content !== 'file') return null;
  return settingKey === 'access.certificateKeyFile' ? 'privateKey' : 'certificate';
}

export function SettingSwitch({ settingKey, disabled = false, ...props }: FieldProps<SwitchKey>) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  return (
    <SettingRow settingKey={settingKey} help={help}>
      <CheckBox
        label={<LabelWithNote label={props.label ?? label} note={note} />}
        checked={draft[settingKey]}
        disabled={disabled}
        onChange={(on) => change(settingKey, on)}
      />
      <FieldProblem id={`${settingKey}-problem`} problem={problem} />
    </SettingRow>
  );
}

interface ChoiceProps extends FieldProps<ChoiceKey> {
  readonly width?: number;
  readonly labelWidth?: number;
}

export function SettingChoice({ settingKey, disabled = false, width, labelWidth, ...props }: ChoiceProps) {
  const { i18n } = useTranslation();
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  const words: Readonly<Record<string, string>> = texts[chooseLanguage([i18n.language])].settingOptions[settingKey];
  const { options = [] } = factsOf(settingKey);
  return (
    <SettingRow settingKey={settingKey} help={help}>
      <FieldRow
        label={props.label ?? label}
        note={note}
        problem={problem}
        {...(labelWidth === undefined ? {} : { narrowLabel: labelWidth })}
      >
        {(ids) => (
          <SelectBox
            {...ids}
            value={draft[settingKey]}
            disabled={disabled}
            {...(width === undefined ? {} : { width })}
            options={options.map((option) => ({ value: option, label: words[option] ?? option }))}
            onChange={(value) => change(settingKey, value as (typeof draft)[typeof settingKey])}
          />
        )}
      </FieldRow>
    </SettingRow>
  );
}

export function SettingAmount({ settingKey, disabled = false, ...props }: FieldProps<AmountKey>) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  const shownLabel = props.label ?? label;
  return (
    <SettingRow settingKey={settingKey} help={help}>
      <FieldRow label={shownLabel} note={note} problem={problem}>
        {(ids) => (
          <>
            <TextInput
              {...ids}
              numeric
              width={numberWidth}
              value={draft[settingKey].text}
              disabled={disabled}
              onChange={(text) => change(settingKey, { ...draft[settingKey], text })}
            />
            <UnitSelect
              settingKey={settingKey}
              label={shownLabel}
              unit={draft[settingKey].unit}
              disabled={disabled}
              onChange={(unit) => change(settingKey, { ...draft[settingKey], unit })}
            />
          </>
        )}
      </FieldRow>
    </SettingRow>
  );
}

/** A check box that switches the limit on, and its number. */
export function SettingLimit({ settingKey, disabled = false, ...props }: FieldProps<LimitKey>) {
  const { draft, change } = useSheet();
  const { label, note, problem, help } = useSettingText(settingKey);
  const shownLabel = props.label ?? label;
  const limit = draft[settingKey];
  const problemId = `${settingKey}-problem`;
  return (
    <SettingRow settingKey={settingKey} help={help}>
      <div style={{ display: 'flex', alignItems: 'center', gap: 8, minHeight: 26 }}>
        <div style={{ flex: 1 }}>
          <CheckBox
            label={<LabelWithNote label={shownLabel} note={note} />}
            checked={limit.on}
            disabled={disabled}
            onChange={(on) => change(settingKey, { ...limit, on })}
          />
        </div>
        <TextInput
          aria-label={shownLabel}
          numeric
          width={numberWidth}
          value={limit.text}
          disabled={disabled || !limit.on}
          onChange={(text) => change(settingKey, { ...limit, text })}
          {...(problem === undefined ? {} : { 'aria-invalid': true as const, 'aria-describedby': problemId })}
        />
        <UnitSelect
          settingKey={settingKey}
          label={shownLabel}
          unit={limit.unit}
          disabled={disabled || !limit.on}
          onChange={(unit) => change(settingKey, { ...limit, unit })}
        />
      </div>
      <FieldProblem id={problemId} problem={problem} />
    </SettingRow>
  );
}

interface UnitSelectProps {
  readonly settingKey: SettingKey;
  readonly label: string;
  readonly unit: AmountDraft['unit'];
  readonly disabled: boolean;
  readonly onChange: (unit: AmountDraft['unit']) => void;
}

/** Nothing where the unit is always the one of the label. */
function UnitSelect({ settingKey, label, unit, disabled, onChange }: UnitSelectProps) {
  const { t } = useTranslation('properties');
  if (unit === undefined || !isUnitChosen(factsOf(settingKey).shownIn)) return null;
  return (
    <SelectBox
      aria-label={t('unitOf', { label })}
      width={unitWidth}
      value={unit}
      disabled={disabled}
      options={timeUnits.map((value) => ({ value, label: t(`units.${value}`) }))}
      onChange={(value) => onChange(timeUnits.find((known) => known === value))}
    />
  );
}

const LabelWithNote = ({ label, note }: { readonly label: string; readonly note: string | undefined }) => (
  <>
    {label} {note !== undefined && <Note>{note}</Note>}
  </>
);
