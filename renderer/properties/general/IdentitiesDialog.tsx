import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { FieldProblem } from '../../app/fields.tsx';
import { RowList } from '../../app/RowList.tsx';
import { selectedAfterRemoval } from '../edit-list.ts';
import { ListButtons } from '../ListButtons.tsx';
import { splitListen } from '../listen-entry.ts';
import { IdentityDialog } from './IdentityDialog.tsx';
import { type Endpoints, endpointsOf, type Identity } from './identities.ts';

interface IdentitiesDialogProps {
  readonly identities: readonly Identity[];
  readonly onAccept: (endpoints: Endpoints) => void;
  readonly onClose: () => void;
}

/** 'Advanced Multiple Identity Configuration': the address and port pairs of a virtual server. */
export function IdentitiesDialog({ identities, onAccept, onClose }: IdentitiesDialogProps) {
  const { t } = useTranslation('properties');
  const { t: tGeneral } = useTranslation('generalTab');
  const { t: tApp } = useTranslation('app');
  const [list, setList] = useState(identities);
  const [selected, setSelected] = useState<number | null>(identities.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const endpoints = endpointsOf(list);
  const remove = (index: number): void => {
    const left = list.toSpliced(index, 1);
    setList(left);
    setSelected(selectedAfterRemoval(index, left.length));
  };
  const edited = editing === null || editing === 'new' ? undefined : list[editing];
  return (
    <ConsoleDialog
      help="identities"
      title={t('identities.title')}
      onClose={onClose}
      width={500}
      buttons={[
        {
          label: tApp('dialog.ok'),
          onClick: () => onAccept(endpoints),
          isDefault: true,
          disabled: endpoints.listen.length === 0,
        },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <p style={{ margin: '0 0 6px' }}>{t('identities.explanation')}</p>
      <RowList
        label={t('identities.title')}
        columns={[
          { heading: t('identities.address'), track: '1fr' },
          { heading: t('identities.port'), track: '100px' },
          { heading: tGeneral('tls'), track: '70px' },
        ]}
        rows={list.map(({ endpoint, implicitTls }) => {
          const { address, portText } = splitListen(endpoint);
          return {
            id: endpoint,
            cells: [
              address === '*' ? t('identity.allUnassigned') : address,
              portText,
              implicitTls ? tGeneral('tlsYes') : '',
            ],
          };
        })}
        selected={selected}
        onSelect={setSelected}
        onEdit={setEditing}
        onRemove={remove}
        empty={t('identities.empty')}
      />
      <FieldProblem
        id="identities-problem"
        problem={list.length > 0 && endpoints.listen.length === 0 ? tGeneral('needsPlain') : undefined}
      />
      <ListButtons
        onAdd={() => setEditing('new')}
        onEdit={selected === null ? undefined : () => setEditing(selected)}
        onRemove={selected === null ? undefined : () => remove(selected)}
      />
      {editing !== null && (
        <IdentityDialog
          identity={edited}
          others={list.filter((identity) => identity !== edited).map(({ endpoint }) => endpoint)}
          onClose={() => setEditing(null)}
          onAccept={(identity) => {
            setEditing(null);
            setList(editing === 'new' ? [...list, identity] : list.with(editing, identity));
            setSelected(editing === 'new' ? list.length : editing);
          }}
        />
      )}
    </ConsoleDialog>
  );
}
