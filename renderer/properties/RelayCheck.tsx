import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { useContract } from '../api/contract-context.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { FieldRow, GroupBox, Note, TextInput } from '../app/fields.tsx';
import { problemText } from '../app/problem-text.ts';
import { entryText } from './relay-entry.ts';

interface RelayCheckProps {
  readonly mode: ServerSettings['access.relayMode'];
  readonly list: readonly string[];
}

/** 'Would this client be allowed?': asks the relay itself, with the rules as they are being edited. */
export function RelayCheck(rules: RelayCheckProps) {
  // Changed rules make an earlier answer worthless.
  return <RelayCheckBox key={JSON.stringify(rules)} {...rules} />;
}

function RelayCheckBox({ mode, list }: RelayCheckProps) {
  const { t } = useTranslation('properties');
  const { t: tProblems, i18n } = useTranslation('problems');
  const client = useContract();
  const [address, setAddress] = useState('');
  const check = useMutation({
    mutationFn: (clientAddress: string) => client.call('relay.check', { clientAddress, mode, list: [...list] }),
  });
  const run = (): void => check.mutate(address.trim());
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || address.trim() === '') return;
    // Enter in this box asks; it does not press OK.
    event.preventDefault();
    run();
  };
  const verdict = check.data;
  const failure = check.isError ? problemText(tProblems, i18n.language, problemOf(check.error)) : null;
  return (
    <div style={{ marginTop: 12 }}>
      <GroupBox legend={t('relay.check')}>
        <FieldRow
          label={t('relay.checkAddress')}
          narrowLabel={140}
          problem={failure === null ? undefined : (failure.detail ?? failure.summary)}
        >
          {(ids) => (
            <>
              <TextInput
                {...ids}
                value={address}
                maxLength={100}
                onKeyDown={onKeyDown}
                placeholder="10.0.0.5"
                onChange={(text) => {
                  setAddress(text);
                  check.reset();
                }}
              />
              <Button onClick={run} disabled={address.trim() === '' || check.isPending}>
                {t('relay.checkButton')}
              </Button>
            </>
          )}
        </FieldRow>
        <div role="status">
          {verdict !== undefined && (
            <strong>
              {t(verdict.allowed ? 'relay.allowed' : 'relay.notAllowed', {
                reason: t(`relay.reason.${verdict.reason}`, {
                  entry: entryText(verdict.entry ?? '', t('relay.thisComputer')),
                }),
              })}
            </strong>
          )}
        </div>
        <Note>{t('relay.checkedUnsaved')}</Note>
      </GroupBox>
    </div>
  );
}
