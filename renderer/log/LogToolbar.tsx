import { styled } from '@mui/material/styles';
import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '4px 8px',
  flex: 'none',
  backgroundColor: theme.vars.palette.frame.bar,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Search = styled('input')(({ theme }) => ({
  font: 'inherit',
  width: 280,
  minWidth: 80,
  height: 24,
  boxSizing: 'border-box',
  padding: '0 6px',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&::placeholder': { color: theme.vars.palette.text.secondary, opacity: 1 },
}));

const BarButton = styled('button')(({ theme }) => ({
  flex: 'none',
  font: 'inherit',
  height: 24,
  padding: '0 8px',
  whiteSpace: 'nowrap',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&:hover': { backgroundColor: theme.vars.palette.frame.hover },
  '&:disabled': { color: theme.vars.palette.text.disabled, borderColor: theme.vars.palette.frame.line },
  '&[aria-pressed="true"]': {
    backgroundColor: theme.vars.palette.frame.selected,
    borderColor: theme.vars.palette.primary.main,
  },
}));

const Behind = styled('span')(({ theme }) => ({
  flex: 1,
  textAlign: 'right',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  color: theme.vars.palette.warning.main,
}));

interface LogToolbarProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  /** Esc in an empty field, Enter or the arrow down: on to the lines. */
  readonly onLeaveSearch: () => void;
  readonly live: boolean;
  readonly onLive: (live: boolean) => void;
  readonly behind: number;
  readonly onClear: () => void;
  readonly isEmpty: boolean;
}

/** Filter words, and the switch that stops the stream. */
export function LogToolbar(props: LogToolbarProps) {
  const { search, onSearch, searchRef, onLeaveSearch, live, onLive, behind, onClear, isEmpty } = props;
  const { t } = useTranslation('log');
  const hintId = useId();
  return (
    <Bar role="search" aria-label={t('toolbar.label')}>
      <Search
        ref={searchRef}
        type="search"
        value={search}
        maxLength={200}
        placeholder={t('toolbar.search')}
        aria-label={t('toolbar.search')}
        aria-describedby={hintId}
        title={t('toolbar.searchHint')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape' && search !== '') onSearch('');
          else onLeaveSearch();
        }}
      />
      <span id={hintId} hidden>
        {t('toolbar.searchHint')}
      </span>
      <BarButton type="button" disabled={isEmpty} onClick={onClear}>
        {t('toolbar.clear')}
      </BarButton>
      <Behind role="status">{behind > 0 ? t('toolbar.behind', { count: behind }) : ''}</Behind>
      <BarButton
        type="button"
        aria-pressed={live}
        title={t(live ? 'toolbar.liveHint' : 'toolbar.pausedHint')}
        onClick={() => onLive(!live)}
      >
        {t('toolbar.live')}
      </BarButton>
    </Bar>
  );
}
