import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckBox, FieldRow, TextInput } from '../../app/fields.tsx';
import { useSheet } from '../sheet.tsx';
import { ClientCheck } from './ClientCheck.tsx';

/** The check of the relay restrictions: the recipient's domain and a login count as well. */
export function RelayCheck() {
  const { t } = useTranslation('properties');
  const { t: tAccess } = useTranslation('accessTab');
  const { serverId, draft } = useSheet();
  const [recipient, setRecipient] = useState('');
  const [authenticated, setAuthenticated] = useState(false);
  const [mode, list] = [draft['access.relayMode'], draft['access.relayList']];
  const mayBecauseAuthenticated = authenticated && draft['access.relayAuthenticated'];
  return (
    <ClientCheck
      rules={{ mode, list, recipient, mayBecauseAuthenticated }}
      ask={async (client, clientAddress) => {
        const verdict = await client.call('relay.check', {
          clientAddress,
          mode,
          list: [...list],
          // With the server its domains count as well.
          serverId,
          recipient: recipient.trim(),
        });
        // The relay would go by the saved rule for authenticated clients, not by the one being edited.
        return verdict.allowed || !mayBecauseAuthenticated
          ? verdict
          : { ...verdict, allowed: true, reason: 'authenticated', entry: null };
      }}
    >
      <FieldRow label={t('relay.checkRecipient')} narrowLabel={170}>
        {(ids) => (
          <TextInput
            {...ids}
            value={recipient}
            maxLength={320}
            placeholder="anna@example.org"
            onChange={setRecipient}
          />
        )}
      </FieldRow>
      <CheckBox label={tAccess('checkAuthenticated')} checked={authenticated} onChange={setAuthenticated} />
    </ClientCheck>
  );
}
