import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useWatchedSettings } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { EmptyState } from '../app/EmptyState.tsx';
import { ListView } from '../app/ListView.tsx';
import type { ListColumn } from '../app/list-column.ts';
import { QueryFailure } from '../app/QueryFailure.tsx';
import { DeleteDomainDialog } from './DeleteDomainDialog.tsx';
import { DomainConflictDialog } from './DomainConflictDialog.tsx';
import { DomainProperties } from './DomainProperties.tsx';
import { type DomainQuestion, domainActions, newDomainAction } from './domain-actions.ts';
import { type DomainRow, domainRows, makeDefault } from './domain-rows.ts';
import { type DomainState, domainStateOf } from './domain-store.ts';
import { flagsText, routeText } from './domain-text.ts';
import { RenameDomainDialog } from './RenameDomainDialog.tsx';
import { useDomainEdits } from './use-domain-edits.ts';

const rowId = ({ kind, name }: DomainRow): string => `${kind} ${name}`;
const icons = { default: 'domainDefault', alias: 'domainAlias', remote: 'domainRemote' } as const;

/** The domains of a virtual server: which mail stays here, and which takes a way of its own. */
export function DomainsView({ serverId }: { readonly serverId: ServerId }) {
  const { t } = useTranslation('domains');
  const { t: tApp } = useTranslation('app');
  const query = useWatchedSettings(serverId);
  const { data, refetch } = query;
  const state = useMemo(() => (data === undefined ? null : domainStateOf(data)), [data]);
  const refresh = useCallback(() => void refetch(), [refetch]);
  if (state !== null) return <DomainList serverId={serverId} state={state} onRefresh={refresh} />;
  return query.isError ? (
    <QueryFailure error={query.error} onRetry={refresh} />
  ) : (
    <EmptyState headline={tApp('list.loading')}>{t('list')}</EmptyState>
  );
}

interface DomainListProps {
  readonly serverId: ServerId;
  readonly state: DomainState;
  readonly onRefresh: () => void;
}

function DomainList({ serverId, state, onRefresh }: DomainListProps) {
  const { t } = useTranslation('domains');
  const { open } = useDialogs();
  const [question, setQuestion] = useState<DomainQuestion | null>(null);
  const edits = useDomainEdits(serverId);
  const { settings } = state;
  const rows = useMemo(() => domainRows(settings), [settings]);
  const columns = useMemo<readonly ListColumn<DomainRow>[]>(
    () => [
      {
        id: 'name',
        heading: t('column.name'),
        widthPx: 240,
        icon: ({ kind }) => icons[kind],
        text: ({ name }) => name,
      },
      { id: 'type', heading: t('column.type'), widthPx: 130, text: ({ kind }) => t(`type.${kind}`) },
      { id: 'route', heading: t('column.route'), widthPx: 260, text: (row) => routeText(t, row, settings) },
      { id: 'flags', heading: t('column.flags'), widthPx: 260, text: (row) => flagsText(t, row, settings) },
    ],
    [t, settings],
  );
  const { submit } = edits;
  const actionsOf = useCallback(
    (selected: readonly DomainRow[]) => [
      newDomainAction(t, () => open({ kind: 'newDomain', serverId })),
      ...domainActions(t, {
        settings,
        selected,
        ask: setQuestion,
        setDefault: ({ name }) => submit({ base: state, edit: makeDefault(name), onSaved: () => {} }),
      }),
    ],
    [t, open, serverId, settings, state, submit],
  );
  const close = (): void => setQuestion(null);
  return (
    <>
      <ListView
        name="domains"
        label={t('list')}
        columns={columns}
        rows={rows}
        rowId={rowId}
        actionsOf={actionsOf}
        onOpen={(row) => setQuestion({ kind: 'properties', row })}
        onRefresh={onRefresh}
        countText={t('count', { count: rows.length })}
        empty={<EmptyState headline={t('empty')}>{t('emptyAdvice')}</EmptyState>}
      />
      {question?.kind === 'delete' && (
        <DeleteDomainDialog serverId={serverId} state={state} rows={question.rows} onClose={close} />
      )}
      {question?.kind === 'rename' && (
        <RenameDomainDialog serverId={serverId} state={state} row={question.row} onClose={close} />
      )}
      {question?.kind === 'properties' && (
        <DomainProperties serverId={serverId} state={state} row={question.row} onClose={close} />
      )}
      <DomainConflictDialog edits={edits} />
    </>
  );
}
