import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { useDialogs } from '../app/dialogs.tsx';
import { Commands, Paragraph, Row } from './parts.tsx';
import { type Computer, useReadAgain } from './use-ca.ts';

/** A rule of the firewall as a second line of defence. */
export function FirewallStep({ computer, status }: { readonly computer: Computer; readonly status: CaStatus }) {
  const { t } = useTranslation('ca');
  const { showFailure } = useDialogs();
  const readAgain = useReadAgain();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const blocked = status.portBlocked === true;
  const word = blocked ? 'allow' : 'block';
  const run = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    try {
      await computer.call('ca.blockPort', { blocked: !blocked });
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
      readAgain();
    }
  };
  return (
    <>
      <Paragraph role="status">
        {t(status.portBlocked === null ? 'firewall.unknown' : blocked ? 'firewall.blocked' : 'firewall.open')}
      </Paragraph>
      <Commands commands={blocked ? status.commands.allowPort : status.commands.blockPort} />
      <Row>
        <Button disabled={!status.elevated || status.portBlocked === null || busy} onClick={() => setAsking(true)}>
          {t(`firewall.${word}`)}
        </Button>
      </Row>
      {asking && (
        <ConfirmDialog
          title={t('firewall.title')}
          confirmLabel={t(`firewall.${word}Confirm`)}
          onConfirm={() => void run()}
          onCancel={() => setAsking(false)}
        >
          {t(`firewall.${word}Question`)}
        </ConfirmDialog>
      )}
    </>
  );
}
