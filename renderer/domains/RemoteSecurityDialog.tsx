import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OutboundSecurity, outboundSecuritySchema } from '../../shared/settings/outbound-security.ts';
import { microsoft365 } from '../../shared/settings/presets.ts';
import { type OutboundSecretKind, outboundSecret } from '../../shared/settings/secrets.ts';
import { defaultServerSettings } from '../../shared/settings/server-settings.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { RadioButton } from '../app/fields.tsx';
import { Microsoft365Dialog, type Microsoft365Entry } from '../properties/delivery/Microsoft365Dialog.tsx';
import { OutboundSecurityFields, type SecurityEdit } from '../properties/delivery/OutboundSecurityFields.tsx';
import { type SecretChanges, secretState, withSecretChange } from '../properties/secret-changes.ts';
import type { DomainState } from './domain-store.ts';
import { type RemoteDraft, securityOf } from './remote-draft.ts';

/** What the dialog changes. */
export interface DomainSecurity {
  readonly draft: Partial<RemoteDraft>;
  readonly secrets: SecretChanges;
}

interface RemoteSecurityDialogProps {
  readonly name: string;
  readonly base: DomainState;
  readonly draft: RemoteDraft;
  readonly secrets: SecretChanges;
  readonly onAccept: (security: DomainSecurity) => void;
  readonly onClose: () => void;
}

interface SecurityState {
  readonly draft: RemoteDraft;
  readonly secrets: SecretChanges;
}

/** TLS and login for one remote domain, in the place of the server's. */
export function RemoteSecurityDialog({ name, base, onAccept, onClose, ...before }: RemoteSecurityDialogProps) {
  const { t } = useTranslation('domains');
  const { t: tApp } = useTranslation('app');
  const { t: tDelivery } = useTranslation('delivery');
  const [state, setState] = useState<SecurityState>({ draft: before.draft, secrets: before.secrets });
  const [judging, setJudging] = useState(false);
  const [asking, setAsking] = useState(false);
  const { draft, secrets } = state;
  const change = (part: Partial<RemoteDraft>): void =>
    setState((now) => ({ ...now, draft: { ...now.draft, ...part } }));
  const changeSecret = (kind: OutboundSecretKind, value: string | null | undefined): void =>
    setState((now) => ({
      ...now,
      secrets: withSecretChange(base.secrets, now.secrets, outboundSecret(name, kind), value),
    }));
  const problems = useSecurityProblems(draft.security);
  const edit: SecurityEdit = {
    values: draft.security,
    change: (part) => change({ security: { ...draft.security, ...part } }),
    problems: judging ? problems : {},
    notes: {},
    settingKey: () => 'domains.remote',
    secretState: (kind) => secretState(base.secrets, secrets, outboundSecret(name, kind)),
    typedSecret: (kind) => secrets.get(outboundSecret(name, kind)) ?? '',
    changeSecret,
  };
  const accept = (): void => {
    setJudging(true);
    if (draft.ownSecurity && Object.keys(problems).length > 0) return;
    onAccept({ draft: { ...draft, security: trimmed(draft.security) }, secrets });
  };
  const fillIn = (entry: Microsoft365Entry): void => {
    const preset = { ...defaultServerSettings, ...microsoft365(entry.tenant, entry.clientId, entry.mailbox) };
    const { caFile } = draft.security;
    change({
      security: { ...securityOf(preset), caFile },
      bySmartHosts: true,
      smartHosts: preset['delivery.smartHosts'],
    });
    if (entry.clientSecret !== '') changeSecret('clientSecret', entry.clientSecret);
  };
  return (
    <ConsoleDialog
      title={tDelivery('securityTitle')}
      help="outbound-security"
      onClose={onClose}
      width={560}
      buttons={[
        { label: tApp('dialog.ok'), onClick: accept, isDefault: true },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <RadioButton
        name="whose-security"
        label={t('security.useServer')}
        checked={!draft.ownSecurity}
        onSelect={() => change({ ownSecurity: false })}
      />
      <RadioButton
        name="whose-security"
        label={t('security.useOwn')}
        checked={draft.ownSecurity}
        onSelect={() => change({ ownSecurity: true })}
      />
      {draft.ownSecurity && (
        <div style={{ marginTop: 8 }}>
          <OutboundSecurityFields edit={edit} />
          <Button onClick={() => setAsking(true)}>{tDelivery('security.microsoft365')}</Button>
        </div>
      )}
      {asking && (
        <Microsoft365Dialog
          known={{ clientId: draft.security.oauthClientId, mailbox: draft.security.userName }}
          forDomain
          onClose={() => setAsking(false)}
          onAccept={(entry) => {
            setAsking(false);
            fillIn(entry);
          }}
        />
      )}
    </ConsoleDialog>
  );
}

const trimmed = (security: OutboundSecurity): OutboundSecurity => ({
  ...security,
  caFile: security.caFile.trim(),
  userName: security.userName.trim(),
  oauthTokenEndpoint: security.oauthTokenEndpoint.trim(),
  oauthClientId: security.oauthClientId.trim(),
  oauthScope: security.oauthScope.trim(),
});

/** By field, in the words of the property sheet. */
function useSecurityProblems(security: OutboundSecurity): SecurityEdit['problems'] {
  const { t } = useTranslation('properties');
  const check = outboundSecuritySchema.safeParse(trimmed(security));
  if (check.success) return {};
  const words: Readonly<Record<string, string>> = {
    caFile: t('problem.path'),
    oauthTokenEndpoint: t('problem.webAddress'),
  };
  return Object.fromEntries(
    check.error.issues.map(({ path: [field], message }) => [
      String(field),
      words[String(field)] ?? t('problem.refused', { detail: message }),
    ]),
  );
}
