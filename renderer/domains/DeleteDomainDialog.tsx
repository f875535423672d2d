import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { DomainConflictDialog } from './DomainConflictDialog.tsx';
import { type DomainRow, deleteDomains } from './domain-rows.ts';
import { secretsOfDomain } from './domain-secrets.ts';
import type { DomainState } from './domain-store.ts';
import { useDomainEdits } from './use-domain-edits.ts';

interface DeleteDomainDialogProps {
  readonly serverId: ServerId;
  readonly state: DomainState;
  readonly rows: readonly DomainRow[];
  readonly onClose: () => void;
}

/** Asks before domains go, and says what becomes of their mail. */
export function DeleteDomainDialog({ serverId, state, rows, onClose }: DeleteDomainDialogProps) {
  const { t } = useTranslation('domains');
  const edits = useDomainEdits(serverId);
  /** What was on the screen when the question was asked. */
  const [base] = useState(state);
  const [only, ...more] = rows;
  const has = (kind: DomainRow['kind']): boolean => rows.some((row) => row.kind === kind);
  const remove = (): void => {
    const names = rows
      .filter(({ kind }) => kind === 'remote')
      .flatMap(({ name }) => secretsOfDomain(base.secrets, name));
    edits.submit({
      base,
      edit: deleteDomains(rows),
      secrets: new Map(names.map((name) => [name, null])),
      onSaved: onClose,
      onReload: onClose,
    });
  };
  return (
    <ConfirmDialog title={t('delete.title')} confirmLabel={t('delete.confirm')} onConfirm={remove} onCancel={onClose}>
      <p style={{ margin: '0 0 8px', fontWeight: 600, overflowWrap: 'anywhere' }}>
        {only !== undefined && more.length === 0
          ? t('delete.one', { name: only.name })
          : t('delete.some', { count: rows.length })}
      </p>
      {has('remote') && <p style={{ margin: '0 0 8px' }}>{t('delete.remote')}</p>}
      {has('alias') && !has('default') && <p style={{ margin: 0 }}>{t('delete.alias')}</p>}
      {has('default') && <p style={{ margin: 0 }}>{t('delete.lastLocal')}</p>}
      <DomainConflictDialog edits={edits} />
    </ConfirmDialog>
  );
}
