import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { RowList } from '../app/RowList.tsx';
import { removeAt, replaceAt, selectedAfterRemoval } from './edit-list.ts';
import { IdentityDialog } from './IdentityDialog.tsx';
import { ListButtons } from './ListButtons.tsx';
import { splitListen } from './listen-entry.ts';

interface IdentitiesDialogProps {
  readonly endpoints: readonly string[];
  readonly onAccept: (endpoints: readonly string[]) => void;
  readonly onClose: () => void;
}

/** 'Advanced Multiple Identity Configuration': the address and port pairs of a virtual server. */
export function IdentitiesDialog({ endpoints, onAccept, onClose }: IdentitiesDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tApp } = useTranslation('app');
  const [list, setList] = useState(endpoints);
  const [selected, setSelected] = useState<number | null>(endpoints.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const remove = (index: number): void => {
    const left = removeAt(list, index);
    setList(left);
    setSelected(selectedAfterRemoval(index, left.length));
  };
  const edited = editing === null || editing === 'new' ? undefined : list[editing];
  return (
    <ConsoleDialog
      title={t('identities.title')}
      onClose={onClose}
      width={460}
      buttons={[
        { label: tApp('dialog.ok'), onClick: () => onAccept(list), isDefault: true, disabled: list.length === 0 },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <p style={{ margin: '0 0 6px' }}>{t('identities.explanation')}</p>
      <RowList
        label={t('identities.title')}
        columns={[
          { heading: t('identities.address'), track: '1fr' },
          { heading: t('identities.port'), track: '100px' },
        ]}
        rows={list.map((endpoint) => {
          const { address, portText } = splitListen(endpoint);
          return { id: endpoint, cells: [address === '*' ? t('identity.allUnassigned') : address, portText] };
        })}
        selected={selected}
        onSelect={setSelected}
        onEdit={setEditing}
        onRemove={remove}
        empty={t('identities.empty')}
      />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null ? undefined : () => setEditing(selected)}
        onRemove={selected === null ? undefined : () => remove(selected)}
      />
      {editing !== null && (
        <IdentityDialog
          endpoint={edited}
          others={list.filter((endpoint) => endpoint !== edited)}
          onClose={() => setEditing(null)}
          onAccept={(endpoint) => {
            setEditing(null);
            setList(editing === 'new' ? [...list, endpoint] : replaceAt(list, editing, endpoint));
            setSelected(editing === 'new' ? list.length : editing);
          }}
        />
      )}
    </ConsoleDialog>
  );
}
