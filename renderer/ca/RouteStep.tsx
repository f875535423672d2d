/** A real message on the way that the mail of the certification authority will take. */
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerId } from '../../shared/contract/messages.ts';
import { useContract } from '../api/contract-context.tsx';
import { useStatus } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { FieldRow, TextInput } from '../app/fields.tsx';
import { MailProgress } from '../checks/MailProgress.tsx';
import { Row } from './parts.tsx';

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
      {sent !== null && <SentMail key={sent.id} sent={sent} onDelivered={onDelivered} />}
    </>
  );
}

/** The steps of the message, and the word to the set-up when it has arrived at the next server. */
function SentMail({ sent, onDelivered }: { readonly sent: Sent; readonly onDelivered: () => void }) {
  const relay = useContract();
  // The same question as the progress asks; the answer is shared.
  const { data } = useQuery({
    queryKey: ['followedMail', sent.serverId, sent.id],
    queryFn: () => relay.call('mail.follow', sent),
    gcTime: 0,
  });
  const isDelivered = data?.state === 'delivered';
  const tell = useEffectEvent(onDelivered);
  useEffect(() => {
    if (isDelivered) tell();
  }, [isDelivered]);
  return <MailProgress {...sent} />;
}
