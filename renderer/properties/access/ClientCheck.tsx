/** 'Would this client be allowed?': asks the relay itself, with the rules as they are being edited. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractClient } from '../../../shared/contract/client.ts';
import type { RelayVerdict } from '../../../shared/contract/servers.ts';
import { useContract } from '../../api/contract-context.tsx';
import { problemOf } from '../../app/dialogs.tsx';
import { FieldRow, GroupBox, Note, TextInput } from '../../app/fields.tsx';
import { problemText } from '../../app/problem-text.ts';
import { verdictText } from './relay-verdict.ts';

interface ClientCheckProps {
  /** All that the answer depends on: when it changes, an earlier answer is worthless. */
  readonly rules: unknown;
  readonly ask: (client: ContractClient, clientAddress: string) => Promise<RelayVerdict>;
  /** Further questions, below the address. Enter in them asks as well. */
  readonly children?: ReactNode;
}

export function ClientCheck({ rules, ask, children }: ClientCheckProps) {
  const { t } = useTranslation('properties');
  const { t: tProblems, i18n } = useTranslation('problems');
  const client = useContract();
  const [address, setAddress] = useState('');
  const check = useMutation({
    mutationFn: async (about: { readonly question: string; readonly clientAddress: string }) => ({
      question: about.question,
      verdict: await ask(client, about.clientAddress),
    }),
  });
  const clientAddress = address.trim();
  const question = JSON.stringify([clientAddress, rules]);
  const complete = clientAddress !== '';
  const run = (): void => check.mutate({ question, clientAddress });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    // Enter in this box asks; it does not press OK.
    event.preventDefault();
    if (complete) run();
  };
  const verdict = check.data?.question === question ? check.data.verdict : undefined;
  const failure =
    check.isError && check.variables.question === question
      ? problemText(tProblems, i18n.language, problemOf(check.error))
      : null;
  return (
    <div style={{ marginTop: 6 }}>
      <GroupBox legend={t('relay.check')}>
        <Questions onKeyDown={onKeyDown}>
          <FieldRow
            label={t('relay.checkAddress')}
            narrowLabel={170}
            problem={failure === null ? undefined : (failure.detail ?? failure.summary)}
          >
            {(ids) => (
              <>
                <TextInput {...ids} value={address} maxLength={100} placeholder="10.0.0.5" onChange={setAddress} />
                <Button onClick={run} disabled={!complete || check.isPending}>
                  {t('relay.checkButton')}
                </Button>
              </>
            )}
          </FieldRow>
          {children}
        </Questions>
        <div role="status" style={{ minHeight: 18 }}>
          {verdict !== undefined && (
            <>
              <strong>{verdictText(t, verdict)}</strong>{' '}
              {verdict.clientName !== null && t('relay.clientName', { name: verdict.clientName })}
            </>
          )}
        </div>
        <Note>{t('relay.checkedUnsaved')}</Note>
      </GroupBox>
    </div>
  );
}

const Questions = styled('div')({ display: 'flex', flexDirection: 'column', gap: 6 });
