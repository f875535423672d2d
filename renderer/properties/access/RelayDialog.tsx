import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { RadioButton } from '../../app/fields.tsx';
import { RowList } from '../../app/RowList.tsx';
import { removeAt, replaceAt, selectedAfterRemoval } from '../edit-list.ts';
import { ListButtons } from '../ListButtons.tsx';
import { ComputerDialog } from './ComputerDialog.tsx';
import { RelayCheck } from './RelayCheck.tsx';
import { entryText } from './relay-entry.ts';

type RelayMode = ServerSettings['access.relayMode'];

interface RelayDialogProps {
  readonly mode: RelayMode;
  readonly list: readonly string[];
  readonly onAccept: (rules: { readonly mode: RelayMode; readonly list: readonly string[] }) => void;
  readonly onClose: () => void;
}

/** 'Relay Restrictions': who may send through this server to other domains. */
export function RelayDialog({ mode: savedMode, list: savedList, onAccept, onClose }: RelayDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const [mode, setMode] = useState(savedMode);
  const [list, setList] = useState(savedList);
  const [selected, setSelected] = useState<number | null>(savedList.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const remove = (index: number): void => {
    const left = removeAt(list, index);
    setList(left);
    setSelected(selectedAfterRemoval(index, left.length));
  };
  const onlyListed = mode === 'onlyListed';
  const edited = editing === null || editing === 'new' ? undefined : list[editing];
  return (
    <ConsoleDialog
      title={t('relay.title')}
      onClose={onClose}
      width={520}
      buttons={[
        { label: tApp('dialog.ok'), onClick: () => onAccept({ mode, list }), isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <div role="radiogroup" aria-label={t('relay.question')}>
        <p style={{ margin: '0 0 4px' }}>{t('relay.question')}</p>
        <RadioButton
          name="relay-mode"
          label={t('relay.onlyListed')}
          checked={onlyListed}
          onSelect={() => setMode('onlyListed')}
        />
        <RadioButton
          name="relay-mode"
          label={t('relay.allExceptListed')}
          checked={!onlyListed}
          onSelect={() => setMode('allExceptListed')}
        />
      </div>
      <p style={{ margin: '8px 0 4px' }}>{t('relay.computers')}:</p>
      <RowList
        label={t('relay.computers')}
        columns={[
          { heading: t('relay.access'), track: '110px' },
          { heading: t('relay.address'), track: '1fr' },
        ]}
        rows={list.map((entry) => ({
          id: entry,
          cells: [t(onlyListed ? 'relay.granted' : 'relay.denied'), entryText(entry, t('relay.thisComputer'))],
        }))}
        selected={selected}
        onSelect={setSelected}
        onEdit={setEditing}
        onRemove={remove}
        empty={t(onlyListed ? 'relay.emptyOnlyListed' : 'relay.emptyAllExcept')}
      />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null ? undefined : () => setEditing(selected)}
        onRemove={selected === null ? undefined : () => remove(selected)}
      />
      <RelayCheck mode={mode} list={list} />
      {editing !== null && (
        <ComputerDialog
          entry={edited}
          others={list.filter((entry) => entry !== edited)}
          onClose={() => setEditing(null)}
          onAccept={(entry) => {
            setEditing(null);
            setList(editing === 'new' ? [...list, entry] : replaceAt(list, editing, entry));
            setSelected(editing === 'new' ? list.length : editing);
          }}
        />
      )}
    </ConsoleDialog>
  );
}
