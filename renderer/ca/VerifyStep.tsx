import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { CaStatus } from '../../shared/contract/computer/exit-module-calls.ts';
import { hasExitEvent } from '../../shared/exit-module/exit-events.ts';
import { errorCodeText, momentText } from './finding-text.ts';
import { Commands, ErrorText, GoodText, Paragraph, Row } from './parts.tsx';
import { type Computer, useCaFailures } from './use-ca.ts';

interface VerifyStepProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  /** Null: it was not restarted from here. */
  readonly restartedAtMs: number | null;
  readonly acceptedSince: number;
  readonly onRollback: () => void;
}

/** Mail that has come in, and mail that failed, since the restart. */
export function VerifyStep({ computer, status, restartedAtMs, acceptedSince, onRollback }: VerifyStepProps) {
  const { t } = useTranslation('ca');
  const failures = useCaFailures(computer, restartedAtMs).data;
  const needsEvent = status.settings !== null && !hasExitEvent(status.settings.eventMask ?? 0, 'startup');
  return (
    <>
      <div aria-live="polite">
        {restartedAtMs === null ? (
          <Paragraph>{t('verify.notRestarted')}</Paragraph>
        ) : (
          <>
            <Paragraph>{t('verify.accepted', { count: acceptedSince })}</Paragraph>
            <Failures failures={failures} />
          </>
        )}
      </div>
      {needsEvent && (
        <>
          <Paragraph>{t('verify.noStartup')}</Paragraph>
          <Commands commands={status.commands.publishCrl} />
        </>
      )}
      <Row>
        <Button disabled={status.lastChange === null} onClick={onRollback}>
          {t('verify.rollback')}
        </Button>
        {status.lastChange === null && t('verify.nothingToTakeBack')}
      </Row>
    </>
  );
}

function Failures({ failures }: { readonly failures: ReturnType<typeof useCaFailures>['data'] }) {
  const { t, i18n } = useTranslation('ca');
  if (failures === undefined) return null;
  if (failures === null) return <Paragraph>{t('verify.unreadable')}</Paragraph>;
  if (failures.length === 0) return <GoodText>{t('verify.noFailures')}</GoodText>;
  return (
    <>
      <ErrorText>{t('verify.failures')}</ErrorText>
      <ul>
        {failures.map(({ atMs, errorCode, said }) => (
          <li key={`${atMs} ${errorCode} ${said}`}>
            {momentText(i18n.language, atMs)}: {errorCodeText(t, errorCode)} {said}
          </li>
        ))}
      </ul>
    </>
  );
}
