/** A real message on the way that the mail of the certification authority will take. */
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useStatus } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { FieldRow, TextInput } from '../app/fields.tsx';
import { ErrorText, GoodText, Row } from './parts.tsx';

interface RouteStepProps {
  readonly to: string;
  readonly onTo: (to: string) => void;
  readonly onDelivered: () => void;
}

interface Sent {
  readonly serverId: ServerId;
  readonly id: string;
}

export function RouteStep({ to, onTo, onDelivered }: RouteStepProps) {
  const { t } = useTranslation('ca');
  const relay = useContract();
  const { showFailure } = useDialogs();
  const serverId = useStatus().data?.servers[0]?.id;
  const [problem, setProblem] = useState<string>();
  const [sent, setSent] = useState<Sent | null>(null);
  const send = async (): Promise<void> => {
    if (serverId === undefined) return;
    if (!to.includes('@')) {
      setProblem(t('route.needsRecipient'));
      return;
    }
    setProblem(undefined);
    try {
      const { id } = await relay.call('mail.sendTest', { serverId, to: to.trim() });
      setSent({ serverId, id });
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <>
      <FieldRow label={t('route.to')} narrowLabel={90} problem={problem}>
        {(ids) => (
          <TextInput {...ids} value={to} maxLength={320} placeholder="operations@example.org" onChange={onTo} />
        )}
      </FieldRow>
      <Row>
        <Button disabled={serverId === undefined} onClick={() => void send()}>
          {t('route.send')}
        </Button>
        {serverId === undefined && t('route.noRelay')}
      </Row>
      <div aria-live="polite">{sent !== null && <SentMail key={sent.id} sent={sent} onDelivered={onDelivered} />}</div>
    </>
  );
}

const followEveryMs = 1_000;
const ended: ReadonlySet<FollowedMail['state']> = new Set(['delivered', 'returned', 'badmail', 'deleted']);

function SentMail({ sent, onDelivered }: { readonly sent: Sent; readonly onDelivered: () => void }) {
  const { t } = useTranslation('ca');
  const relay = useContract();
  const { data } = useQuery({
    queryKey: ['ca', 'follow', sent.serverId, sent.id],
    queryFn: () => relay.call('mail.follow', sent),
    refetchInterval: ({ state }) => (state.data !== undefined && ended.has(state.data.state) ? false : followEveryMs),
    gcTime: 0,
  });
  const isDelivered = data?.state === 'delivered';
  const tell = useEffectEvent(onDelivered);
  useEffect(() => {
    if (isDelivered) tell();
  }, [isDelivered]);
  const error = data?.attempts.at(-1)?.outcomes.find(({ result }) => result !== 'delivered')?.reply ?? '';
  if (data === undefined) return null;
  if (isDelivered) return <GoodText>{t('route.gone')}</GoodText>;
  if (ended.has(data.state) || data.state === 'failed') return <ErrorText>{t('route.failed', { error })}</ErrorText>;
  return (
    <>
      <p>{t('route.queued', { id: sent.id })}</p>
      {error !== '' && <ErrorText>{t('route.attempt', { count: data.attempts.length, error })}</ErrorText>}
    </>
  );
}
