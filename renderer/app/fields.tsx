/** Dense form parts in the manner of Windows dialogs. Native controls: the keyboard, high contrast and dark mode come with them. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, type ReactNode, useId } from 'react';

const Fieldset = styled('fieldset')(({ theme }) => ({
  border: `1px solid ${theme.vars.palette.frame.line}`,
  margin: '0 0 10px',
  padding: '6px 10px 10px',
  minWidth: 0,
  display: 'flex',
  flexDirection: 'column',
  gap: 6,
}));
const Legend = styled('legend')({ padding: '0 4px', marginLeft: -4 });

/** A frame with a caption around fields that belong together. */
export function GroupBox({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <Fieldset>
      <Legend>{legend}</Legend>
      {children}
    </Fieldset>
  );
}

const Row = styled('div')({ display: 'flex', alignItems: 'center', gap: 8, minHeight: 26 });
const RowLabel = styled('label')({ flex: '1 1 auto', minWidth: 0 });
const ProblemText = styled('p')(({ theme }) => ({
  margin: '0 0 4px',
  color: theme.vars.palette.error.main,
  fontSize: 12,
}));
const NoteText = styled('span')(({ theme }) => ({ color: theme.vars.palette.text.secondary, fontSize: 12 }));

/** Ids that tie a control to its label and to what is said about it. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

interface FieldRowProps {
  readonly label: string;
  /** Draws the control; it must put the ids on it. */
  readonly children: (ids: FieldIds) => ReactNode;
  /** Why the value is not accepted, in place. */
  readonly problem?: string | undefined;
  /** A remark beside the label, for example that the value is overridden for this run. */
  readonly note?: string | undefined;
  /** Whether the label keeps to its own width, so that the control takes the rest. */
  readonly narrowLabel?: number;
  /** A sentence or two about the field, for the pointer. */
  readonly title?: string;
}

export function FieldRow({ label, children, problem, note, narrowLabel, title }: FieldRowProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  const ids: FieldIds = problem === undefined ? { id } : { id, 'aria-describedby': problemId, 'aria-invalid': true };
  return (
    <div title={title}>
      <Row>
        <RowLabel htmlFor={id} sx={narrowLabel === undefined ? {} : { flex: `0 0 ${narrowLabel}px` }}>
          {label} {note !== undefined && <NoteText>{note}</NoteText>}
        </RowLabel>
        {children(ids)}
      </Row>
      <FieldProblem id={problemId} problem={problem} />
    </div>
  );
}

/** The sentence below a field whose value is not accepted. */
export function FieldProblem({ id, problem }: { readonly id: string; readonly problem: string | undefined }) {
  return problem === undefined ? null : (
    <ProblemText id={id} role="alert">
      {problem}
    </ProblemText>
  );
}

/** Grey remark in a dialog. */
export const Note = NoteText;

const Input = styled('input')(({ theme }) => ({
  font: 'inherit',
  height: 24,
  boxSizing: 'border-box',
  padding: '1px 6px',
  minWidth: 0,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&:disabled': {
    color: theme.vars.palette.text.disabled,
    backgroundColor: theme.vars.palette.frame.bar,
    borderColor: theme.vars.palette.frame.line,
  },
  '&[readonly]': { backgroundColor: theme.vars.palette.frame.bar },
  '&[aria-invalid="true"]': { borderColor: theme.vars.palette.error.main },
  '&[type="checkbox"], &[type="radio"]': {
    width: 14,
    height: 14,
    margin: 0,
    flex: 'none',
    accentColor: theme.vars.palette.primary.main,
  },
}));

interface TextInputProps extends Partial<FieldIds> {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  /** Pixels; without it the input fills its row. */
  readonly width?: number;
  readonly numeric?: boolean;
  /** What is typed is not shown. */
  readonly password?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
  readonly initialFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export function TextInput({
  onChange,
  width,
  numeric = false,
  password = false,
  initialFocus = false,
  ...rest
}: TextInputProps) {
  return (
    <Input
      {...rest}
      type={password ? 'password' : 'text'}
      autoComplete={password ? 'new-password' : 'off'}
      spellCheck={false}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
      {...(initialFocus ? { 'data-initial-focus': true } : {})}
      style={width === undefined ? { flex: '1 1 auto' } : { width, flex: 'none' }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const CheckLabel = styled('label')({ display: 'flex', alignItems: 'center', gap: 7, minHeight: 22 });

interface CheckBoxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function CheckBox({ label, checked, onChange, disabled = false }: CheckBoxProps) {
  return (
    <CheckLabel>
      <Input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </CheckLabel>
  );
}

interface RadioButtonProps {
  /** The group, unique among the groups of a dialog. */
  readonly name: string;
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onSelect: () => void;
  readonly disabled?: boolean;
}

export function RadioButton({ name, label, checked, onSelect, disabled = false }: RadioButtonProps) {
  return (
    <CheckLabel>
      {/* Arrow keys move among the buttons of one name within the form; the dialog's form is that boundary. */}
      <Input type="radio" name={name} checked={checked} disabled={disabled} onChange={onSelect} />
      <span>{label}</span>
    </CheckLabel>
  );
}

const Select = styled('select')(({ theme }) => ({
  font: 'inherit',
  height: 24,
  boxSizing: 'border-box',
  padding: '0 2px',
  minWidth: 0,
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&:disabled': { color: theme.vars.palette.text.disabled, borderColor: theme.vars.palette.frame.line },
}));

interface SelectBoxProps extends Partial<FieldIds> {
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
  readonly width?: number;
  readonly 'aria-label'?: string;
}

export function SelectBox({ options, onChange, width, ...rest }: SelectBoxProps) {
  return (
    <Select
      {...rest}
      style={width === undefined ? { flex: '1 1 auto' } : { width, flex: 'none' }}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(({ value, label, disabled = false }) => (
        <option key={value} value={value} disabled={disabled}>
          {label}
        </option>
      ))}
    </Select>
  );
}
