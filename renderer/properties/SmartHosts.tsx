import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldProblem, GroupBox, Note } from '../app/fields.tsx';
import { RowList } from '../app/RowList.tsx';
import { moveBy, removeAt, replaceAt, selectedAfterRemoval } from './edit-list.ts';
import { ListButtons } from './ListButtons.tsx';
import { SmartHostDialog } from './SmartHostDialog.tsx';
import { useSheet } from './sheet.tsx';
import { useSettingText } from './use-setting-text.ts';

/** The smart hosts of a virtual server, in the order they are tried. */
export function SmartHosts() {
  const { t } = useTranslation('properties');
  const { draft, change } = useSheet();
  const { note, problem } = useSettingText('delivery.smartHosts');
  const hosts = draft['delivery.smartHosts'];
  const [selected, setSelected] = useState<number | null>(hosts.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const set = (next: readonly string[], at: number | null): void => {
    change('delivery.smartHosts', next);
    setSelected(at);
  };
  const remove = (index: number): void => {
    const left = removeAt(hosts, index);
    set(left, selectedAfterRemoval(index, left.length));
  };
  const mover = (step: -1 | 1): (() => void) | undefined => {
    if (selected === null) return undefined;
    const moved = moveBy(hosts, selected, step);
    return moved === null ? undefined : () => set(moved, selected + step);
  };
  const edited = editing === null || editing === 'new' ? undefined : hosts[editing];
  return (
    <GroupBox legend={t('delivery.smartHosts')}>
      <span>{t('delivery.smartHostsExplanation')}</span>
      {note !== undefined && <Note>{note}</Note>}
      <RowList
        label={t('delivery.smartHosts')}
        columns={[{ heading: t('smartHost.host'), track: '1fr' }]}
        rows={hosts.map((host) => ({ id: host, cells: [host] }))}
        selected={selected}
        onSelect={setSelected}
        onEdit={setEditing}
        onRemove={remove}
        empty={t('delivery.smartHostsEmpty')}
        heightPx={88}
      />
      <FieldProblem id="smart-host-problem" problem={problem} />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null ? undefined : () => setEditing(selected)}
        onRemove={selected === null ? undefined : () => remove(selected)}
        move={{ up: mover(-1), down: mover(1) }}
      />
      {editing !== null && (
        <SmartHostDialog
          host={edited}
          others={hosts.filter((host) => host !== edited)}
          onClose={() => setEditing(null)}
          onAccept={(host) => {
            setEditing(null);
            if (editing === 'new') set([...hosts, host], hosts.length);
            else set(replaceAt(hosts, editing, host), editing);
          }}
        />
      )}
    </GroupBox>
  );
}
