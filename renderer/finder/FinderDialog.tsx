/** Ctrl+K: a few letters lead to any setting, command, node or page of the help. The keyboard stays in the field. */
import { styled } from '@mui/material/styles';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import type { BarMenu } from '../app/MenuBar.tsx';
import { FinderOption } from './FinderOption.tsx';
import type { FinderEntry } from './finder-entries.ts';
import { findEntries } from './finder-match.ts';
import { useFinderEntries } from './use-finder-entries.ts';

/** More are not read by anybody; another letter narrows them down. */
const mostShown = 60;

const Field = styled('input')(({ theme }) => ({
  font: 'inherit',
  fontSize: 14,
  height: 30,
  flex: 'none',
  boxSizing: 'border-box',
  padding: '2px 8px',
  color: theme.vars.palette.text.primary,
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.control}`,
}));

const Found = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  margin: '6px 0',
  overflow: 'auto',
  backgroundColor: theme.vars.palette.background.paper,
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));

const Nothing = styled('div')(({ theme }) => ({ padding: 10, color: theme.vars.palette.text.secondary }));

interface FinderDialogProps {
  readonly menus: readonly BarMenu[];
  /** Undefined until the relay has answered for the first time. */
  readonly status: RelayStatus | undefined;
  readonly onClose: () => void;
}

/** As they were when the finder was opened, so that nothing moves under the keyboard; only the first answer is waited for. */
function useStillEntries(menus: readonly BarMenu[], status: RelayStatus | undefined): readonly FinderEntry[] {
  const latest = useFinderEntries(menus, status);
  const isComplete = status !== undefined;
  const [still, setStill] = useState({ entries: latest, isComplete });
  if (still.isComplete || !isComplete) return still.entries;
  setStill({ entries: latest, isComplete });
  return latest;
}

export function FinderDialog({ menus, status, onClose }: FinderDialogProps) {
  const { t } = useTranslation('app');
  const listId = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = useStillEntries(menus, status);
  // At once, not when there is time: Enter goes to what has been typed.
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  const shown = found.slice(0, mostShown);
  const current = shown[Math.min(chosen, shown.length - 1)];

  const run = (entry: FinderEntry | undefined): void => {
    if (entry === undefined || entry.disabledReason !== undefined) return;
    onClose();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    const at = Math.min(chosen, shown.length - 1);
    // One step leads round the ends, a page stops there.
    const next = Math.abs(step) === 1 ? (at + step + shown.length) % shown.length : at + step;
    setChosen(Math.max(0, Math.min(shown.length - 1, next)));
  };
  const optionId = (index: number): string => `${listId}-${index}`;
  return (
    <ConsoleDialog
      title={t('finder.title')}
      help="finder"
      onClose={onClose}
      width={640}
      height={460}
      footer={
        <span role="status">
          {found.length > mostShown
            ? t('finder.countOf', { shown: mostShown, count: found.length })
            : t('finder.count', { count: found.length })}
        </span>
      }
      buttons={[
        {
          label: t('finder.open'),
          isDefault: true,
          disabled: current === undefined || current.disabledReason !== undefined,
          onClick: () => run(current),
        },
        { label: t('dialog.cancel'), onClick: onClose },
      ]}
    >
      <Field
        role="combobox"
        aria-label={t('finder.label')}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : optionId(shown.indexOf(current))}
        placeholder={t('finder.label')}
        autoComplete="off"
        spellCheck={false}
        data-initial-focus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Found id={listId} role="listbox" aria-label={t('finder.found')} tabIndex={-1}>
        {shown.map((entry, index) => (
          <FinderOption
            key={entry.id}
            id={optionId(index)}
            entry={entry}
            selected={entry === current}
            onSelect={() => setChosen(index)}
            onRun={() => run(entry)}
          />
        ))}
        {shown.length === 0 && <Nothing role="presentation">{t('finder.nothing')}</Nothing>}
      </Found>
    </ConsoleDialog>
  );
}
