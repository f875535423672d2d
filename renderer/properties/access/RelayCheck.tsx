import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { useContract } from '../../api/contract-context.tsx';
import { problemOf } from '../../app/dialogs.tsx';
import { FieldRow, GroupBox, Note, TextInput } from '../../app/fields.tsx';
import { problemText } from '../../app/problem-text.ts';
import { useSheet } from '../sheet.tsx';
import { verdictText } from './relay-verdict.ts';

interface RelayCheckProps {
  readonly mode: ServerSettings['access.relayMode'];
  readonly list: readonly string[];
}

interface Question {
  readonly address: string;
  readonly recipient: string;
}

/** 'Would this client be allowed?': asks the relay itself, with the rules as they are being edited. */
export function RelayCheck(rules: RelayCheckProps) {
  const [question, setQuestion] = useState<Question>({ address: '', recipient: '' });
  // Changed rules make an earlier answer worthless, but not what was typed.
  return <RelayCheckBox key={JSON.stringify(rules)} {...rules} question={question} onQuestion={setQuestion} />;
}

interface RelayCheckBoxProps extends RelayCheckProps {
  readonly question: Question;
  readonly onQuestion: (question: Question) => void;
}

function RelayCheckBox({ mode, list, question, onQuestion }: RelayCheckBoxProps) {
  const { t } = useTranslation('properties');
  const { t: tProblems, i18n } = useTranslation('problems');
  const client = useContract();
  const { server } = useSheet();
  const { address, recipient } = question;
  const check = useMutation({
    mutationFn: (clientAddress: string) =>
      client.call('relay.check', {
        clientAddress,
        mode,
        list: [...list],
        // With the server its domains count as well.
        ...(server === undefined ? {} : { serverId: server.id, recipient: recipient.trim() }),
      }),
  });
  const complete = address.trim() !== '';
  const run = (): void => check.mutate(address.trim());
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !complete) return;
    // Enter in this box asks; it does not press OK.
    event.preventDefault();
    run();
  };
  const ask = (next: Partial<Question>): void => {
    onQuestion({ ...question, ...next });
    check.reset();
  };
  const verdict = check.data;
  const failure = check.isError ? problemText(tProblems, i18n.language, problemOf(check.error)) : null;
  return (
    <div style={{ marginTop: 12 }}>
      <GroupBox legend={t('relay.check')}>
        <FieldRow
          label={t('relay.checkAddress')}
          narrowLabel={170}
          problem={failure === null ? undefined : (failure.detail ?? failure.summary)}
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={address}
              maxLength={100}
              placeholder="10.0.0.5"
              onKeyDown={onKeyDown}
              onChange={(text) => ask({ address: text })}
            />
          )}
        </FieldRow>
        <FieldRow label={t('relay.checkRecipient')} narrowLabel={170}>
          {(ids) => (
            <>
              <TextInput
                {...ids}
                value={recipient}
                maxLength={320}
                placeholder="anna@example.org"
                onKeyDown={onKeyDown}
                onChange={(text) => ask({ recipient: text })}
              />
              <Button onClick={run} disabled={!complete || check.isPending}>
                {t('relay.checkButton')}
              </Button>
            </>
          )}
        </FieldRow>
        <div role="status">
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
