import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { FinderEntry } from './finder-entries.ts';

const Option = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto 92px',
  gap: 10,
  alignItems: 'center',
  minHeight: 26,
  padding: '1px 8px',
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&[aria-selected="true"]': { backgroundColor: theme.vars.palette.frame.selected },
  '&[aria-disabled="true"]': { color: theme.vars.palette.text.disabled },
  '& > *': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  '@media (forced-colors: active)': {
    '&[aria-selected="true"]': {
      forcedColorAdjust: 'none',
      background: 'Highlight',
      color: 'HighlightText',
      '& *': { color: 'inherit' },
    },
  },
}));

const Where = styled('span')(({ theme }) => ({
  maxWidth: 250,
  color: theme.vars.palette.text.secondary,
  fontSize: 12,
  textAlign: 'right',
}));

const Kind = styled('span')(({ theme }) => ({ color: theme.vars.palette.text.secondary, fontSize: 12 }));

interface FinderOptionProps {
  readonly id: string;
  readonly entry: FinderEntry;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly onRun: () => void;
}

export function FinderOption({ id, entry, selected, onSelect, onRun }: FinderOptionProps) {
  const { t } = useTranslation('app');
  const { label, where, shortcut, disabledReason, kind } = entry;
  const remark = disabledReason ?? (shortcut === undefined ? where : `${where} (${shortcut})`);
  return (
    <Option
      ref={selected ? bringIntoView : undefined}
      id={id}
      role="option"
      aria-selected={selected}
      aria-disabled={disabledReason !== undefined}
      onMouseDown={(event) => {
        // The field keeps the keyboard.
        event.preventDefault();
        onSelect();
      }}
      onClick={onRun}
    >
      <span title={label}>{label}</span>
      <Where title={remark}>{remark}</Where>
      <Kind>{t(`finder.kind.${kind}`)}</Kind>
    </Option>
  );
}

const bringIntoView = (option: HTMLElement | null): void => option?.scrollIntoView({ block: 'nearest' });
