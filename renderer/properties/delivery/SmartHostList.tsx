import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem } from '../../app/fields.tsx';
import { RowList } from '../../app/RowList.tsx';
import { moveBy, removeAt, replaceAt, selectedAfterRemoval } from '../edit-list.ts';
import { ListButtons } from '../ListButtons.tsx';
import { SmartHostDialog } from './SmartHostDialog.tsx';

interface SmartHostListProps {
  readonly hosts: readonly string[];
  readonly onChange: (hosts: readonly string[]) => void;
  /** The port of those that name none, as the dialog for one shows it. */
  readonly usualPort: string;
  readonly problem: string | undefined;
  /** What it means that there is none; otherwise that DNS decides. */
  readonly empty?: string;
  readonly disabled?: boolean;
}

/** Smart hosts in the order they are tried: of a virtual server, or of one remote domain. */
export function SmartHostList({ hosts, onChange, usualPort, problem, empty, disabled = false }: SmartHostListProps) {
  const { t } = useTranslation('delivery');
  const [chosen, setSelected] = useState<number | null>(hosts.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  // The list may have been filled or emptied from elsewhere.
  const selected = chosen === null || chosen >= hosts.length ? null : chosen;

  const set = (next: readonly string[], at: number | null): void => {
    onChange(next);
    setSelected(at);
  };
  const remove = (index: number): void => {
    const left = removeAt(hosts, index);
    set(left, selectedAfterRemoval(index, left.length));
  };
  const mover = (step: -1 | 1): (() => void) | undefined => {
    if (selected === null || disabled) return undefined;
    const moved = moveBy(hosts, selected, step);
    return moved === null ? undefined : () => set(moved, selected + step);
  };
  const edited = editing === null || editing === 'new' ? undefined : hosts[editing];
  return (
    <div>
      <RowList
        label={t('smartHosts.label')}
        columns={[{ heading: t('smartHosts.host'), track: '1fr' }]}
        rows={hosts.map((host) => ({ id: host, cells: [host] }))}
        selected={selected}
        onSelect={setSelected}
        {...(disabled ? {} : { onEdit: setEditing, onRemove: remove })}
        empty={empty ?? t('smartHosts.empty')}
        heightPx={80}
      />
      <FieldProblem id="smart-hosts-problem" problem={problem} />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null || disabled ? undefined : () => setEditing(selected)}
        onRemove={selected === null || disabled ? undefined : () => remove(selected)}
        move={{ up: mover(-1), down: mover(1) }}
      />
      {editing !== null && (
        <SmartHostDialog
          host={edited}
          others={hosts.filter((host) => host !== edited)}
          usualPort={usualPort}
          onClose={() => setEditing(null)}
          onAccept={(host) => {
            setEditing(null);
            if (editing === 'new') set([...hosts, host], hosts.length);
            else set(replaceAt(hosts, editing, host), editing);
          }}
        />
      )}
    </div>
  );
}
