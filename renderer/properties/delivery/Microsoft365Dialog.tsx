import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTenant } from '../../../shared/settings/presets.ts';
import { ConsoleDialog } from '../../app/Dialog.tsx';
import { FieldRow, Note, TextInput } from '../../app/fields.tsx';

export interface Microsoft365Entry {
  readonly tenant: string;
  readonly clientId: string;
  readonly mailbox: string;
  /** Empty: the stored one stays. */
  readonly clientSecret: string;
}

interface Microsoft365DialogProps {
  /** What can be told from the settings as they are. */
  readonly known: Pick<Microsoft365Entry, 'clientId' | 'mailbox'>;
  /** A remote domain has no limits of its own. */
  readonly forDomain: boolean;
  readonly onAccept: (entry: Microsoft365Entry) => void;
  readonly onClose: () => void;
}

type FieldName = keyof Microsoft365Entry;

const labelWidth = 170;

/** Asks for the three things that differ between organisations; the rest of Microsoft 365 is known. */
export function Microsoft365Dialog({ known, forDomain, onAccept, onClose }: Microsoft365DialogProps) {
  const { t } = useTranslation('delivery');
  const { t: tApp } = useTranslation('app');
  const [entry, setEntry] = useState<Microsoft365Entry>({ tenant: '', ...known, clientSecret: '' });
  const [judging, setJudging] = useState(false);
  const trimmed = {
    ...entry,
    tenant: entry.tenant.trim(),
    clientId: entry.clientId.trim(),
    mailbox: entry.mailbox.trim(),
  };
  const problems: { readonly [Name in FieldName]?: string } = {
    ...(isTenant(trimmed.tenant) ? {} : { tenant: t('microsoft365.tenantProblem') }),
    ...(trimmed.clientId === '' ? { clientId: t('microsoft365.clientIdProblem') } : {}),
    ...(/^[^\s@<>]+@[^\s@<>]+$/.test(trimmed.mailbox) ? {} : { mailbox: t('microsoft365.mailboxProblem') }),
  };
  const field = (name: FieldName, more: { readonly placeholder?: string; readonly password?: boolean } = {}) => (
    <FieldRow label={t(`microsoft365.${name}`)} narrowLabel={labelWidth} problem={judging ? problems[name] : undefined}>
      {(ids) => (
        <TextInput
          {...ids}
          {...more}
          value={entry[name]}
          maxLength={name === 'clientSecret' ? 10_000 : 320}
          onChange={(text) => setEntry({ ...entry, [name]: text })}
        />
      )}
    </FieldRow>
  );
  return (
    <ConsoleDialog
      title={t('microsoft365.title')}
      help="outbound-security"
      onClose={onClose}
      width={520}
      buttons={[
        {
          label: t('microsoft365.fill'),
          isDefault: true,
          onClick: () => {
            setJudging(true);
            if (Object.keys(problems).length === 0) onAccept(trimmed);
          },
        },
        { label: tApp('dialog.cancel'), onClick: onClose },
      ]}
    >
      <p style={{ margin: '0 0 8px' }}>
        {t('microsoft365.explanation')}{' '}
        {t(forDomain ? 'microsoft365.explanationDomain' : 'microsoft365.explanationLimits')}
      </p>
      <p style={{ margin: '0 0 10px' }}>{t('microsoft365.prepare')}</p>
      {field('tenant', { placeholder: 'contoso.onmicrosoft.com' })}
      {field('clientId')}
      {field('mailbox', { placeholder: 'ca@example.org' })}
      {field('clientSecret', { password: true })}
      <Note>{t('microsoft365.secretNote')}</Note>
    </ConsoleDialog>
  );
}
