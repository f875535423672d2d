import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { FieldRow, Note, TextInput } from '../app/fields.tsx';
import { DomainConflictDialog } from './DomainConflictDialog.tsx';
import { type DomainRow, domainNameProblem, renameDomain } from './domain-rows.ts';
import { secretsOfDomain } from './domain-secrets.ts';
import type { DomainState } from './domain-store.ts';
import { useDomainEdits } from './use-domain-edits.ts';

interface RenameDomainDialogProps {
  readonly serverId: ServerId;
  readonly state: DomainState;
  readonly row: DomainRow;
  readonly onClose: () => void;
}

export function RenameDomainDialog({ serverId, state, row, onClose }: RenameDomainDialogProps) {
  const { t } = useTranslation('domains');
  const { t: tApp } = useTranslation('app');
  const edits = useDomainEdits(serverId);
  const [base] = useState(state);
  const [text, setText] = useState(row.name);
  const [judging, setJudging] = useState(false);
  const name = text.trim();
  const problem = domainNameProblem(base.settings, row.kind === 'remote' ? 'remote' : 'alias', name, row.name);
  const sameSecrets = name.toLowerCase() === row.name.toLowerCase();
  const lost = row.kind !== 'remote' || sameSecrets ? [] : secretsOfDomain(base.secrets, row.name);
  const rename = (): void => {
    setJudging(true);
    if (problem !== null) return;
    if (name === row.name) onClose();
    else {
      edits.submit({
        base,
        edit: renameDomain(row, name),
        secrets: new Map(lost.map((secret) => [secret, null])),
        onSaved: onClose,
        onReload: onClose,
      });
    }
  };
  return (
    <ConsoleDialog
      title={t('rename.title')}
      onClose={onClose}
      buttons={[
        { label: tApp('dialog.ok'), onClick: rename, isDefault: true, disabled: edits.busy },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <FieldRow
        label={t('rename.name')}
        narrowLabel={70}
        problem={judging && problem !== null ? t(`problem.${problem}`, { name }) : undefined}
      >
        {(ids) => <TextInput {...ids} value={text} maxLength={255} onChange={setText} />}
      </FieldRow>
      {lost.length > 0 && <Note role="status">{t('rename.secrets')}</Note>}
      <DomainConflictDialog edits={edits} />
    </ConsoleDialog>
  );
}
