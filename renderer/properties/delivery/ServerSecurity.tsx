/** Outbound Security of a virtual server: what holds for every next hop without settings of its own. */
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OutboundSecurity, outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { microsoft365 } from '../../../shared/settings/presets.ts';
import { outboundSecret } from '../../../shared/settings/secrets.ts';
import type { SettingKey } from '../../../shared/settings/server-settings.ts';
import { draftOf } from '../draft.ts';
import type { Draft } from '../draft-types.ts';
import { SettingsButton } from '../SettingsButton.tsx';
import { draftProblemText, type Sheet, useSheet } from '../sheet.tsx';
import { Microsoft365Dialog, type Microsoft365Entry } from './Microsoft365Dialog.tsx';
import { OutboundSecurityFields, type SecurityEdit, type SecurityField } from './OutboundSecurityFields.tsx';

type SecurityKey = `delivery.${SecurityField}` & SettingKey;

const fields = Object.keys(outboundSecuritySchema.shape) as readonly SecurityField[];
const keyOf = (field: SecurityField): SecurityKey => `delivery.${field}`;
/** With those that the helper for Microsoft 365 fills in. */
const keys: readonly SettingKey[] = [
  ...fields.map(keyOf),
  'delivery.smartHosts',
  'delivery.connectionsPerDestination',
  'delivery.messagesPerMinute',
];

export function ServerSecurityButton() {
  const { t } = useTranslation('delivery');
  return (
    <SettingsButton
      label={t('securityButton')}
      title={t('securityTitle')}
      keys={keys}
      width={560}
      help="outbound-security"
    >
      <ServerSecurity />
    </SettingsButton>
  );
}

function ServerSecurity() {
  const { t } = useTranslation('delivery');
  const sheet = useSheet();
  const [asking, setAsking] = useState(false);
  const { announceField } = sheet;
  useEffect(() => {
    const takeBack = fields.map((field) => announceField(keyOf(field)));
    return () => {
      for (const take of takeBack) take();
    };
  }, [announceField]);
  const edit = useServerSecurity(sheet);
  return (
    <>
      <OutboundSecurityFields edit={edit} />
      <div>
        <Button onClick={() => setAsking(true)}>{t('security.microsoft365')}</Button>
      </div>
      {asking && (
        <Microsoft365Dialog
          known={{ clientId: edit.values.oauthClientId, mailbox: edit.values.userName }}
          forDomain={false}
          onClose={() => setAsking(false)}
          onAccept={(entry) => {
            setAsking(false);
            fillIn(sheet, entry);
          }}
        />
      )}
    </>
  );
}

function useServerSecurity({ draft, change, problems, isOverridden, ...sheet }: Sheet): SecurityEdit {
  const { t } = useTranslation('properties');
  const eachField = <Value,>(read: (key: SecurityKey) => Value | undefined) =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const value = read(keyOf(field));
        return value === undefined ? [] : [[field, value]];
      }),
    );
  return {
    // Text, switches and choices are in the draft as they are in the settings.
    values: eachField((key) => draft[key]) as unknown as OutboundSecurity,
    change: (part) => {
      for (const [field, value] of Object.entries(part)) {
        change(keyOf(field as SecurityField), value as Draft[SecurityKey]);
      }
    },
    problems: eachField((key) => draftProblemText(t, problems[key])),
    notes: eachField((key) => (isOverridden(key) ? t('overridden') : undefined)),
    settingKey: keyOf,
    secretState: (kind) => sheet.secretState(outboundSecret(null, kind)),
    typedSecret: (kind) => sheet.edits.secrets.get(outboundSecret(null, kind)) ?? '',
    changeSecret: (kind, value) => sheet.changeSecret(outboundSecret(null, kind), value),
  };
}

function fillIn({ saved, draft, edits, restore, changeSecret }: Sheet, entry: Microsoft365Entry): void {
  const preset = microsoft365(entry.tenant, entry.clientId, entry.mailbox);
  const filled = draftOf({ ...saved, ...preset });
  const parts = (Object.keys(preset) as SettingKey[]).map((key) => [key, filled[key]]);
  restore({ ...edits, draft: { ...draft, ...Object.fromEntries(parts) } });
  if (entry.clientSecret !== '') changeSecret(outboundSecret(null, 'clientSecret'), entry.clientSecret);
}
