import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import { activeRules, type QueueRules, type RuleId, withoutRule } from './filter-rules.ts';
import type { QueueFormat } from './format.ts';
import { ruleText } from './rule-text.ts';

const Bar = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: 6,
  flex: 'none',
  margin: 0,
  padding: '5px 8px',
  listStyle: 'none',
  backgroundColor: theme.vars.palette.frame.bar,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Chip = styled('li')(({ theme }) => ({
  display: 'flex',
  maxWidth: '100%',
  height: 22,
  backgroundColor: theme.vars.palette.frame.selected,
  border: `1px solid ${theme.vars.palette.primary.main}`,
  '& button': {
    minWidth: 0,
    padding: '0 7px',
    border: 'none',
    background: 'transparent',
    color: 'inherit',
    font: 'inherit',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& button:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '& button:last-of-type': { flex: 'none', padding: '0 6px' },
}));

interface FilterChipsProps {
  readonly rules: QueueRules;
  readonly format: QueueFormat;
  readonly onChange: (rules: QueueRules) => void;
  readonly onEdit: () => void;
}

/** The rules of the toolbar's own buttons are seen there. */
const seenElsewhere: ReadonlySet<RuleId> = new Set(['states']);

export const hasChips = (rules: QueueRules): boolean => activeRules(rules).some((id) => !seenElsewhere.has(id));

/** What the list is filtered by: a click on a chip changes the filter, its cross takes the condition away. */
export function FilterChips({ rules, format, onChange, onEdit }: FilterChipsProps) {
  const { t } = useTranslation('queue');
  const shown = activeRules(rules).filter((id) => !seenElsewhere.has(id));
  if (shown.length === 0) return null;
  return (
    <Bar aria-label={t('filter.chips')}>
      {shown.map((id) => {
        const text = ruleText(rules, id, t, format);
        return (
          <Chip key={id}>
            <button type="button" title={t('filter.edit')} onClick={onEdit}>
              {text}
            </button>
            <button
              type="button"
              aria-label={t('filter.removeChip', { rule: text })}
              onClick={() => onChange(withoutRule(rules, id))}
            >
              ×
            </button>
          </Chip>
        );
      })}
    </Bar>
  );
}
