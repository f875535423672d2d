import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { RemoteDomain } from '../../shared/settings/remote-domain.ts';
import { noSecretChanges, type SecretChanges } from '../properties/secret-changes.ts';
import { DomainConflictDialog } from './DomainConflictDialog.tsx';
import { DomainSheet } from './DomainSheet.tsx';
import { replaceRemote } from './domain-rows.ts';
import type { DomainState } from './domain-store.ts';
import { RemoteAdvancedTab, RemoteGeneralTab } from './RemoteTabs.tsx';
import { checkRemoteDraft, type RemoteDraft, remoteDraftOf } from './remote-draft.ts';
import { useDomainEdits } from './use-domain-edits.ts';

interface RemoteDomainSheetProps {
  readonly serverId: ServerId;
  readonly state: DomainState;
  readonly remote: RemoteDomain;
  readonly onClose: () => void;
}

type TabId = 'general' | 'advanced';

interface SheetState {
  readonly base: DomainState;
  readonly saved: RemoteDraft;
  readonly draft: RemoteDraft;
  readonly secrets: SecretChanges;
}

const sheetStateOf = (base: DomainState, remote: RemoteDomain): SheetState => {
  const draft = remoteDraftOf(remote);
  return { base, saved: draft, draft, secrets: noSecretChanges };
};

/** How mail for one domain goes out, where that differs from the server's own way. */
export function RemoteDomainSheet({ serverId, state, remote, onClose }: RemoteDomainSheetProps) {
  const { t } = useTranslation('domains');
  const edits = useDomainEdits(serverId);
  const [tab, setTab] = useState<TabId>('general');
  const [sheet, setSheet] = useState(() => sheetStateOf(state, remote));
  const [failedTries, setFailedTries] = useState(0);
  const { base, saved, draft, secrets } = sheet;
  const { name } = remote;
  const check = checkRemoteDraft(name, draft);
  const touched = JSON.stringify(draft) !== JSON.stringify(saved) || secrets.size > 0;

  const show = (now: DomainState): void => {
    const found = now.settings['domains.remote'].find((other) => other.name === name);
    // Somebody deleted it meanwhile.
    if (found === undefined) onClose();
    else setSheet(sheetStateOf(now, found));
    setFailedTries(0);
  };
  const save = (thenClose: boolean): void => {
    if (!check.ok) {
      setTab('general');
      setFailedTries(failedTries + 1);
    } else if (!touched) {
      if (thenClose) onClose();
    } else {
      edits.submit({
        base,
        edit: replaceRemote(check.value),
        secrets,
        onSaved: thenClose ? onClose : show,
        onReload: show,
      });
    }
  };
  const change = (part: Partial<RemoteDraft>): void =>
    setSheet((now) => ({ ...now, draft: { ...now.draft, ...part } }));
  return (
    <DomainSheet
      title={t('sheet.title', { name })}
      tabs={[
        { id: 'general', label: t('sheet.general') },
        { id: 'advanced', label: t('sheet.advanced') },
      ]}
      tab={tab}
      onTab={setTab}
      topic="remote-domain"
      height={520}
      canApply={touched}
      busy={edits.busy}
      failedTries={failedTries}
      onOk={() => save(true)}
      onApply={() => save(false)}
      onClose={onClose}
    >
      {tab === 'general' ? (
        <RemoteGeneralTab
          name={name}
          base={base}
          draft={draft}
          secrets={secrets}
          problem={check.ok || failedTries === 0 ? null : check.problem}
          onChange={change}
          onSecurity={(security) =>
            setSheet((now) => ({ ...now, ...security, draft: { ...now.draft, ...security.draft } }))
          }
        />
      ) : (
        <RemoteAdvancedTab draft={draft} onChange={change} />
      )}
      <DomainConflictDialog edits={edits} />
    </DomainSheet>
  );
}
