import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { userSecret } from '../../../shared/settings/secrets.ts';
import { FieldProblem, GroupBox, Note } from '../../app/fields.tsx';
import { RowList } from '../../app/RowList.tsx';
import { removeAt, selectedAfterRemoval } from '../edit-list.ts';
import { SettingRow } from '../SettingRow.tsx';
import { useSheet } from '../sheet.tsx';
import { useSettingText } from '../use-setting-text.ts';
import { UserDialog } from './UserDialog.tsx';

/** Who may log on. Names are settings, passwords are secrets; both are applied with the sheet. */
export function Users() {
  const { t } = useTranslation('accessTab');
  const { t: tSheet } = useTranslation('properties');
  const { draft, change, secretState, changeSecret } = useSheet();
  const { label, help, note, problem } = useSettingText('access.users');
  const users = draft['access.users'];
  const [selected, setSelected] = useState<number | null>(users.length === 0 ? null : 0);
  const [editing, setEditing] = useState<number | 'new' | null>(null);

  const remove = (index: number): void => {
    const name = users[index];
    if (name === undefined) return;
    const left = removeAt(users, index);
    change('access.users', left);
    changeSecret(userSecret(name), null);
    setSelected(selectedAfterRemoval(index, left.length));
  };
  const accept = (name: string, password: string): void => {
    if (editing === 'new') {
      change('access.users', [...users, name]);
      setSelected(users.length);
    }
    changeSecret(userSecret(name), password);
    setEditing(null);
  };
  const edited = editing === null || editing === 'new' ? undefined : users[editing];
  return (
    <SettingRow settingKey="access.users" help={help}>
      <GroupBox legend={label}>
        {note !== undefined && <Note>{note}</Note>}
        <RowList
          label={label}
          columns={[
            { heading: t('userName'), track: '1fr' },
            { heading: t('password'), track: '150px' },
          ]}
          rows={users.map((name) => ({ id: name, cells: [name, t(`secret.${secretState(userSecret(name))}`)] }))}
          selected={selected}
          onSelect={setSelected}
          onEdit={setEditing}
          onRemove={remove}
          empty={t('usersEmpty')}
          heightPx={96}
        />
        <FieldProblem id="users-problem" problem={problem} />
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <Button onClick={() => setEditing('new')}>{tSheet('add')}</Button>
          <Button disabled={selected === null} onClick={() => setEditing(selected)}>
            {t('setPassword')}
          </Button>
          <Button
            disabled={selected === null}
            onClick={() => {
              if (selected !== null) remove(selected);
            }}
          >
            {tSheet('remove')}
          </Button>
        </div>
        {editing !== null && (
          <UserDialog
            user={edited}
            others={editing === 'new' ? users : []}
            onClose={() => setEditing(null)}
            onAccept={accept}
          />
        )}
      </GroupBox>
    </SettingRow>
  );
}
