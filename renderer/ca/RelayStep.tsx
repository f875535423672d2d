/** The relay as a service, where it listens, and a mail sent to it as the certification authority does. */
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus, SelfTest } from '../../shared/contract/computer/exit-module-calls.ts';
import type { ServiceState } from '../../shared/contract/computer/service-calls.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';
import { useStatus } from '../api/queries.ts';
import { useDialogs } from '../app/dialogs.tsx';
import { FieldRow, TextInput } from '../app/fields.tsx';
import { ErrorText, GoodText, Pair, Pairs, Row } from './parts.tsx';
import { type Computer, useRelayService } from './use-ca.ts';

interface RelayStepProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  readonly testTo: string;
  readonly onTestTo: (to: string) => void;
  readonly selfTest: SelfTest | null;
  readonly onSelfTest: (selfTest: SelfTest) => void;
}

export function RelayStep({ computer, status, testTo, onTestTo, selfTest, onSelfTest }: RelayStepProps) {
  const { t } = useTranslation('ca');
  const { showFailure } = useDialogs();
  const service = useRelayService(computer).data;
  const listeners = (useStatus().data?.servers ?? []).flatMap((server) => server.listeners);
  const missing = status.findings.find(({ id }) => id === 'relayNotListening')?.parameters.address;
  const [busy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      onSelfTest(await computer.call('ca.selfTest', { testTo: testTo.trim() }));
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const bound = listeners.flatMap(({ boundTo }) => boundTo ?? []);
  return (
    <>
      <Pairs>
        <Pair name={t('relay.service')}>{service === undefined ? '' : t(`relay.${serviceText(service)}`)}</Pair>
        <Pair name={t('relay.listens')}>
          {[...bound, ...(missing === undefined ? [] : [t('relay.listensNot', { address: missing })])].join(', ')}
        </Pair>
      </Pairs>
      <FieldRow label={t('route.to')} narrowLabel={90}>
        {(ids) => (
          <TextInput {...ids} value={testTo} maxLength={320} placeholder={firstRecipient(status)} onChange={onTestTo} />
        )}
      </FieldRow>
      <Row>
        <Button disabled={busy} onClick={() => void send()}>
          {t('relay.test')}
        </Button>
      </Row>
      <div aria-live="polite">{selfTest !== null && <SelfTestText selfTest={selfTest} />}</div>
    </>
  );
}

/** Whom the test mail goes to when nobody is named. */
const firstRecipient = ({ settings }: CaStatus): string => settings?.mails.find(({ to }) => to !== '')?.to ?? '';

function serviceText({ state }: ServiceState): 'serviceRuns' | 'serviceStopped' | 'serviceMissing' {
  if (state === 'running') return 'serviceRuns';
  return state === 'absent' ? 'serviceMissing' : 'serviceStopped';
}

function SelfTestText({ selfTest: { accepted, durationMs, reply } }: { readonly selfTest: SelfTest }) {
  const { t, i18n } = useTranslation('ca');
  return accepted ? (
    <GoodText>{t('relay.accepted', { ms: durationMs, reply })}</GoodText>
  ) : (
    <ErrorText>{t('relay.refused', { reply: relaySentence(i18n.language, reply) })}</ErrorText>
  );
}
