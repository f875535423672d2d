/** "Check this server": what was found, why it matters, what to do. Nothing is changed here. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { FieldRow, Note, TextInput } from '../app/fields.tsx';
import { problemText } from '../app/problem-text.ts';
import { createQueueFormat, localeOf } from '../queue/format.ts';
import { badRecipient, countOf, recipientsOf, reportText } from './check-text.ts';
import { FindingList } from './FindingList.tsx';
import { GatewayStages } from './GatewayStages.tsx';
import { useServerCheck } from './use-server-check.ts';

const Pane = styled('div')(({ theme }) => ({
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  marginTop: 8,
  padding: '2px 10px 10px',
  border: `1px solid ${theme.vars.palette.frame.control}`,
  backgroundColor: theme.vars.palette.background.default,
}));
/** As high with words as without: nothing moves while the checks run. */
const Summary = styled('div')({ minHeight: 20, marginTop: 4 });

interface CheckServerDialogProps {
  readonly serverId: ServerId;
  readonly onClose: () => void;
}

export function CheckServerDialog({ serverId, onClose }: CheckServerDialogProps) {
  const { t, i18n } = useTranslation('checks');
  const { t: tProblems } = useTranslation('problems');
  const [typed, setTyped] = useState('');
  const [recipients, setRecipients] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState<string>();
  const [copied, setCopied] = useState(false);
  const { data, error, isFetching, isWhole, refetch } = useServerCheck(serverId, recipients);
  const format = useMemo(() => createQueueFormat(localeOf(i18n.language, navigator.languages)), [i18n.language]);

  const again = (): void => {
    const wanted = recipientsOf(typed);
    const bad = badRecipient(wanted);
    setWrong(bad === undefined ? undefined : t('badRecipient', { address: bad }));
    if (bad !== undefined) return;
    setCopied(false);
    if (wanted.join() === recipients.join()) void refetch();
    else setRecipients(wanted);
  };
  const copy = (): void => {
    if (data === undefined) return;
    void navigator.clipboard.writeText(reportText(t, i18n.language, data)).then(() => setCopied(true));
  };
  const summary = ((): string => {
    if (isFetching) return t('running');
    if (error !== null) {
      return t('failed', { reason: problemText(tProblems, i18n.language, problemOf(error)).summary });
    }
    if (data === undefined) return '';
    if (!isWhole) return t('elsewhere');
    return t('summary', {
      problems: countOf(data, 'problem'),
      warnings: countOf(data, 'warning'),
      notes: countOf(data, 'note'),
      ok: countOf(data, 'ok'),
      skipped: countOf(data, 'skipped'),
      time: format.dateTime(data.atMs),
    });
  })();

  return (
    <ConsoleDialog
      title={t('title')}
      width={860}
      height={660}
      help="check-server"
      onClose={onClose}
      footer={
        <div style={{ display: 'flex', alignItems: 'center', gap: 8 }}>
          <Button disabled={data === undefined || isFetching} onClick={copy}>
            {t('copy')}
          </Button>
          <span role="status">{copied && t('copied')}</span>
        </div>
      }
      buttons={[
        { label: t('again'), onClick: again, disabled: isFetching, isDefault: true },
        { label: t('close'), onClick: onClose },
      ]}
    >
      <FieldRow label={t('recipients')} narrowLabel={190} problem={wrong}>
        {(ids) => (
          <TextInput
            {...ids}
            value={typed}
            maxLength={4_000}
            placeholder="operations@example.org"
            onChange={setTyped}
          />
        )}
      </FieldRow>
      <Note>{t('recipientsHelp')}</Note>
      <Summary role="status">{summary}</Summary>
      <Pane role="region" aria-label={t('findings')} aria-busy={isFetching} tabIndex={0}>
        {data !== undefined && !isFetching && (
          <>
            {data.findings.length > 0 && <FindingList findings={data.findings} />}
            {data.gateways.map((gateway) => (
              <GatewayStages key={`${gateway.nextHop} ${gateway.recipient}`} gateway={gateway} />
            ))}
          </>
        )}
      </Pane>
    </ConsoleDialog>
  );
}
