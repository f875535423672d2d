import { styled } from '@mui/material/styles';
import { type Ref, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type QueueState, queueStates } from '../../shared/contract/messages.ts';
import { hasChips } from './FilterChips.tsx';
import { StateIcon } from './StateIcon.tsx';
import type { QueueList } from './use-queue-list.ts';

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 8px',
  padding: '4px 8px',
  flex: 'none',
  backgroundColor: theme.vars.palette.frame.bar,
  borderBottom: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Search = styled('input')(({ theme }) => ({
  font: 'inherit',
  // Gives way so that the switches stay on one line.
  flex: '100 1 130px',
  minWidth: 0,
  maxWidth: 240,
  height: 24,
  boxSizing: 'border-box',
  padding: '0 6px',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '&::placeholder': { color: theme.vars.palette.text.secondary, opacity: 1 },
}));

const Toggles = styled('div')({ display: 'flex' });

const Toggle = styled('button')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  font: 'inherit',
  height: 24,
  padding: '0 8px',
  whiteSpace: 'nowrap',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
  '& + &': { marginLeft: -1 },
  '&:hover:enabled': { backgroundColor: theme.vars.palette.frame.hover },
  '&:disabled': { color: theme.vars.palette.text.disabled, borderColor: theme.vars.palette.frame.line },
  '&[aria-pressed="true"]': {
    backgroundColor: theme.vars.palette.frame.selected,
    borderColor: theme.vars.palette.primary.main,
    zIndex: 1,
  },
}));

const Behind = styled('span')(({ theme }) => ({ color: theme.vars.palette.warning.main }));

interface QueueToolbarProps {
  readonly list: QueueList;
  readonly searchRef: Ref<HTMLInputElement>;
  /** Esc in an empty search field, or Enter: on to the list. */
  readonly onLeaveSearch: () => void;
  readonly onFilter: () => void;
  readonly onClearFilter: () => void;
  readonly destinationsShown: boolean;
  readonly onDestinations: () => void;
}

/** Quick search, filter, and the switches of the view, above the list. */
export function QueueToolbar(props: QueueToolbarProps) {
  const { list, searchRef, onLeaveSearch, onFilter, onClearFilter, destinationsShown, onDestinations } = props;
  const { search, setSearch, rules, setRules, live, setLive } = list;
  const { states } = rules;
  const { t } = useTranslation('queue');
  const hintId = useId();
  const show = (next: readonly QueueState[]): void => setRules({ ...rules, states: next });
  const toggle = (state: QueueState): void =>
    show(queueStates.filter((other) => states.includes(other) !== (other === state)));
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
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape' && search !== '') setSearch('');
          else onLeaveSearch();
        }}
      />
      <span id={hintId} hidden>
        {t('toolbar.searchHint')}
      </span>
      <Toggles role="group" aria-label={t('toolbar.states')}>
        <Toggle type="button" aria-pressed={states.length === 0} onClick={() => show([])}>
          {t('toolbar.allStates')}
        </Toggle>
        {queueStates.map((state) => (
          <Toggle
            key={state}
            type="button"
            aria-pressed={states.includes(state)}
            title={t(`stateMeanings.${state}`)}
            onClick={() => toggle(state)}
          >
            <StateIcon state={state} />
            {t(`states.${state}`)}
          </Toggle>
        ))}
      </Toggles>
      <Toggles>
        <Toggle type="button" aria-pressed={hasChips(rules)} title={t('toolbar.filterHint')} onClick={onFilter}>
          {t('toolbar.filter')}
        </Toggle>
        <Toggle type="button" disabled={!list.isFiltered} title={t('filter.clearHint')} onClick={onClearFilter}>
          {t('filter.clear')}
        </Toggle>
      </Toggles>
      <span style={{ flex: 1 }} />
      {list.load.behind && <Behind>{t('toolbar.behind')}</Behind>}
      <Toggle
        type="button"
        aria-pressed={destinationsShown}
        title={t('destinations.showHint')}
        onClick={onDestinations}
      >
        {t('destinations.show')}
      </Toggle>
      <Toggle
        type="button"
        aria-pressed={live}
        title={t(live ? 'toolbar.liveHint' : 'toolbar.paused')}
        onClick={() => setLive(!live)}
      >
        {t('toolbar.live')}
      </Toggle>
    </Bar>
  );
}
