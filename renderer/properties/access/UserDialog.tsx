import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { FieldRow, Note, TextInput } from '../../app/fields.tsx';
import { type UserProblem, userProblem } from './user-entry.ts';

interface UserDialogProps {
  /** Whose password is to be set; undefined: a new user. */
  readonly user: string | undefined;
  /** Names that are taken. */
  readonly others: readonly string[];
  readonly onAccept: (name: string, password: string) => void;
  readonly onClose: () => void;
}

const labelWidth = 150;

export function UserDialog({ user, others, onAccept, onClose }: UserDialogProps) {
  const { t } = useTranslation('accessTab');
  const { t: tApp } = useTranslation('app');
  const [entry, setEntry] = useState({ name: user ?? '', password: '', confirmation: '' });
  const [problem, setProblem] = useState<UserProblem | null>(null);
  const name = entry.name.trim();

  const change = (next: Partial<typeof entry>): void => {
    setEntry({ ...entry, ...next });
    setProblem(null);
  };
  const accept = (): void => {
    const found = userProblem(entry, others);
    if (found === null) onAccept(name, entry.password);
    else setProblem(found);
  };
  const nameProblems: { readonly [Problem in UserProblem]?: string } = {
    name: t('problemUserName'),
    duplicate: t('problemDuplicate', { name }),
  };
  return (
    <ConsoleDialog
      title={user === undefined ? t('addUser') : t('passwordOf', { name: user })}
      onClose={onClose}
      width={440}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      {user === undefined && (
        <FieldRow
          label={t('userName')}
          narrowLabel={labelWidth}
          problem={problem === null ? undefined : nameProblems[problem]}
        >
          {(ids) => (
            <TextInput {...ids} value={entry.name} maxLength={100} onChange={(text) => change({ name: text })} />
          )}
        </FieldRow>
      )}
      <FieldRow
        label={t('password')}
        narrowLabel={labelWidth}
        problem={problem === 'noPassword' ? t('problemNoPassword') : undefined}
      >
        {(ids) => (
          <TextInput
            {...ids}
            password
            value={entry.password}
            maxLength={10_000}
            onChange={(password) => change({ password })}
          />
        )}
      </FieldRow>
      <FieldRow
        label={t('confirmPassword')}
        narrowLabel={labelWidth}
        problem={problem === 'different' ? t('problemDifferent') : undefined}
      >
        {(ids) => (
          <TextInput
            {...ids}
            password
            value={entry.confirmation}
            maxLength={10_000}
            onChange={(confirmation) => change({ confirmation })}
          />
        )}
      </FieldRow>
      <Note>{t('passwordNote')}</Note>
    </ConsoleDialog>
  );
}
