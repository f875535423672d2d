import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { Commands, GoodText, Paragraph, Row } from './parts.tsx';
import { type Computer, useReadAgain } from './use-ca.ts';

interface RestartStepProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  /** Told before it begins: the first mail comes while it stops. */
  readonly onBegin: () => void;
}

/** A separate step, never part of the change. */
export function RestartStep({ computer, status, onBegin }: RestartStepProps) {
  const { t, i18n } = useTranslation('ca');
  const { showFailure } = useDialogs();
  const readAgain = useReadAgain();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const isClustered = status.clustered !== 'no';
  const run = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    setSaid('');
    onBegin();
    try {
      const { stoppedAfterMs, startedAfterMs } = await computer.call('ca.restart', null);
      const seconds = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
      setSaid(
        t('restart.done', {
          stopped: seconds.format(stoppedAfterMs / 1_000),
          started: seconds.format(startedAfterMs / 1_000),
        }),
      );
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
      readAgain();
    }
  };
  return (
    <>
      {status.lastChange !== null && (
        <Paragraph>{t(status.lastChange.restartPending ? 'restart.pending' : 'restart.notPending')}</Paragraph>
      )}
      {isClustered ? (
        <Paragraph>{t('restart.clustered')}</Paragraph>
      ) : (
        <>
          <Paragraph>{t('restart.effects')}</Paragraph>
          <Commands commands={status.commands.restart} />
          <Row>
            <Button disabled={status.state !== 'ready' || !status.elevated || busy} onClick={() => setAsking(true)}>
              {t('restart.button')}
            </Button>
          </Row>
        </>
      )}
      <div aria-live="polite">
        {busy && <p>{t('restart.running')}</p>}
        {said !== '' && <GoodText>{said}</GoodText>}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('restart.title')}
          confirmLabel={t('restart.confirm')}
          onConfirm={() => void run()}
          onCancel={() => setAsking(false)}
        >
          <Paragraph>{t('restart.question')}</Paragraph>
          {t('restart.effects')}
        </ConfirmDialog>
      )}
    </>
  );
}
