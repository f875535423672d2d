import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { queueStates } from '../../shared/contract/messages.ts';
import { CheckBox, type FieldIds, FieldProblem, SelectBox, TextInput } from '../app/fields.tsx';
import { longestText, type RuleId, textRuleIds } from './filter-rules.ts';
import {
  type DraftProblem,
  fieldOf,
  freeConditions,
  type RuleDraft,
  type RuleField,
  ruleFieldNames,
  unitsOf,
  withCondition,
} from './rule-drafts.ts';

export const RuleTable = styled('div')({ display: 'flex', flexDirection: 'column', gap: 4 });

const Line = styled('div')({
  display: 'grid',
  gridTemplateColumns: '120px 110px minmax(0, 1fr) 26px',
  gap: 8,
  alignItems: 'start',
});
const Value = styled('div')({ display: 'flex', gap: '0 10px', flexWrap: 'wrap', minHeight: 24 });

const RemoveButton = styled('button')(({ theme }) => ({
  width: 26,
  height: 24,
  border: 'none',
  background: 'transparent',
  color: 'inherit',
  font: 'inherit',
  fontSize: 16,
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
}));

interface RuleRowProps {
  readonly draft: RuleDraft;
  /** All rows: no condition is offered twice. */
  readonly drafts: readonly RuleDraft[];
  readonly nextHops: readonly string[];
  readonly problem: DraftProblem | undefined;
  readonly onChange: (draft: RuleDraft) => void;
  readonly onRemove: () => void;
}

/** One condition of the filter. */
export function RuleRow({ draft, drafts, nextHops, problem, onChange, onRemove }: RuleRowProps) {
  const { t } = useTranslation('queue');
  const problemId = useId();
  const field = fieldOf(draft.id);
  const conditions = freeConditions(drafts, field, draft.id);
  const firstFree = (other: RuleField): RuleId | undefined =>
    other === field ? draft.id : freeConditions(drafts, other, null)[0];
  const choose = (id: string): void => {
    const known = conditions.find((condition) => condition === id);
    if (known !== undefined) onChange(withCondition(draft, known));
  };
  const fieldText = t(`filter.fields.${field}`);
  const conditionText = t(`filter.conditions.${draft.id}`);
  return (
    <Line role="group" aria-label={`${fieldText} ${conditionText}`}>
      <SelectBox
        aria-label={t('filter.field')}
        value={field}
        options={ruleFieldNames
          .filter((name) => firstFree(name) !== undefined)
          .map((name) => ({ value: name, label: t(`filter.fields.${name}`) }))}
        onChange={(name) => {
          const other = ruleFieldNames.find((known) => known === name);
          const id = other === undefined ? undefined : firstFree(other);
          if (id !== undefined) onChange(withCondition(draft, id));
        }}
      />
      <SelectBox
        aria-label={t('filter.condition')}
        value={draft.id}
        options={conditions.map((id) => ({ value: id, label: t(`filter.conditions.${id}`) }))}
        onChange={choose}
      />
      <Value>
        <RuleValue
          draft={draft}
          nextHops={nextHops}
          ids={{ id: `${problemId}-value`, ...(problem === undefined ? {} : invalid(problemId)) }}
          onChange={onChange}
        />
        <div style={{ flexBasis: '100%' }}>
          <FieldProblem id={problemId} problem={problem === undefined ? undefined : t(`filter.problem.${problem}`)} />
        </div>
      </Value>
      <RemoveButton
        type="button"
        aria-label={t('filter.remove', { field: fieldText, condition: conditionText })}
        onClick={onRemove}
      >
        ×
      </RemoveButton>
    </Line>
  );
}

const invalid = (problemId: string) => ({ 'aria-describedby': problemId, 'aria-invalid': true }) as const;

interface RuleValueProps {
  readonly draft: RuleDraft;
  readonly nextHops: readonly string[];
  readonly ids: FieldIds;
  readonly onChange: (draft: RuleDraft) => void;
}

function RuleValue({ draft, nextHops, ids, onChange }: RuleValueProps) {
  const { t } = useTranslation('queue');
  const { id, text, states } = draft;
  const textRule = textRuleIds.find((known) => known === id);
  if (textRule !== undefined) {
    return (
      <TextInput
        {...ids}
        aria-label={t('filter.value')}
        value={text}
        maxLength={longestText[textRule]}
        onChange={(next) => onChange({ ...draft, text: next })}
      />
    );
  }
  if (id === 'states') {
    return queueStates.map((state) => (
      <CheckBox
        key={state}
        label={t(`states.${state}`)}
        checked={states.includes(state)}
        onChange={(on) =>
          onChange({ ...draft, states: queueStates.filter((other) => (other === state ? on : states.includes(other))) })
        }
      />
    ));
  }
  if (id === 'nextHop') {
    const names = nextHops.includes(text) || text === '' ? nextHops : [text, ...nextHops];
    return (
      <SelectBox
        {...ids}
        aria-label={t('filter.value')}
        value={names.includes(text) ? text : ''}
        options={[
          ...(text === '' ? [{ value: '', label: t('filter.chooseNextHop') }] : []),
          ...names.map((name) => ({ value: name, label: name })),
        ]}
        onChange={(next) => onChange({ ...draft, text: next })}
      />
    );
  }
  return (
    <>
      <TextInput
        {...ids}
        aria-label={t('filter.value')}
        numeric
        width={80}
        maxLength={6}
        value={text}
        onChange={(next) => onChange({ ...draft, text: next })}
      />
      <SelectBox
        aria-label={t('filter.unit')}
        width={110}
        value={draft.unit}
        options={unitsOf(id).map((unit) => ({ value: unit, label: t(`filter.units.${unit}`) }))}
        onChange={(next) => {
          const unit = unitsOf(id).find((known) => known === next);
          if (unit !== undefined) onChange({ ...draft, unit });
        }}
      />
    </>
  );
}
