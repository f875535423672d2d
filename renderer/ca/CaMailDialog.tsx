/** File > CA mail set-up: the certification authority's mail moves to the relay, step by step. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaStatus, SelfTest } from '../../shared/contract/computer/exit-module-calls.ts';
import { useComputer, useComputerFacts } from '../api/computer-context.tsx';
import { useStatus } from '../api/queries.ts';
import { ConsoleDialog } from '../app/Dialog.tsx';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { problemText } from '../app/problem-text.ts';
import { ChangeStep } from './ChangeStep.tsx';
import { CheckStep } from './CheckStep.tsx';
import { type CaStep, caSteps, stepStates } from './ca-steps.ts';
import { EventsDialog } from './EventsDialog.tsx';
import { FirewallStep } from './FirewallStep.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { ErrorText, Paragraph } from './parts.tsx';
import { RelayStep } from './RelayStep.tsx';
import { RestartStep } from './RestartStep.tsx';
import { RouteStep } from './RouteStep.tsx';
import { StepList } from './StepList.tsx';
import { type Computer, useCaStatus } from './use-ca.ts';
import { VerifyStep } from './VerifyStep.tsx';

const Columns = styled('div')({ display: 'flex', gap: 12, flex: 1, minHeight: 0 });
const Page = styled('div')({ flex: 1, minWidth: 0, overflow: 'auto', paddingRight: 4 });
const Heading = styled('h3')({ margin: '4px 0 6px', fontSize: 13, fontWeight: 600 });
const Banner = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  padding: '6px 8px',
  marginBottom: 8,
  backgroundColor: theme.vars.palette.frame.bar,
  border: `1px solid ${theme.vars.palette.frame.line}`,
  '& span': { flex: 1 },
}));

interface Restart {
  readonly atMs: number;
  readonly acceptedBefore: number;
}

export function CaMailDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('ca');
  const { t: tProblem } = useTranslation('problems');
  const computer = useComputer();
  const { data: status, error } = useCaStatus(computer);
  const accepted = (useStatus().data?.servers ?? []).reduce((sum, { totals }) => sum + totals.accepted, 0);
  const [at, setAt] = useState<CaStep>('check');
  const [over, setOver] = useState<'events' | 'rollback' | null>(null);
  const [testTo, setTestTo] = useState('');
  const [routeTested, setRouteTested] = useState(false);
  const [selfTest, setSelfTest] = useState<SelfTest | null>(null);
  const [restart, setRestart] = useState<Restart | null>(null);
  const headingId = useId();

  const acceptedSince = restart === null ? 0 : Math.max(accepted - restart.acceptedBefore, 0);
  const index = caSteps.indexOf(at);
  const go = (offset: number): void => setAt(caSteps[index + offset] ?? at);
  const isLast = index === caSteps.length - 1;

  const page = (on: Computer, now: CaStatus) => {
    const common = { computer: on, status: now };
    switch (at) {
      case 'check':
        return <CheckStep status={now} onEvents={() => setOver('events')} />;
      case 'route':
        return <RouteStep to={testTo} onTo={setTestTo} onDelivered={() => setRouteTested(true)} />;
      case 'relay':
        return (
          <RelayStep {...common} testTo={testTo} onTestTo={setTestTo} selfTest={selfTest} onSelfTest={setSelfTest} />
        );
      case 'firewall':
        return <FirewallStep {...common} />;
      case 'change':
        return <ChangeStep {...common} testTo={testTo} />;
      case 'restart':
        return <RestartStep {...common} onBegin={() => setRestart({ atMs: Date.now(), acceptedBefore: accepted })} />;
      case 'verify':
        return (
          <VerifyStep
            {...common}
            restartedAtMs={restart?.atMs ?? null}
            acceptedSince={acceptedSince}
            onRollback={() => setOver('rollback')}
          />
        );
    }
  };

  return (
    <ConsoleDialog
      title={t('title')}
      help="ca-mail"
      width={900}
      height={640}
      onClose={onClose}
      buttons={[
        { label: t('back'), onClick: () => go(-1), disabled: index === 0 },
        { label: t('next'), onClick: () => go(1), isDefault: true, disabled: isLast },
        { label: t('close'), onClick: onClose },
      ]}
    >
      {error !== null && (
        <ErrorText role="alert">{failureText(problemText(tProblem, i18n.language, problemOf(error)))}</ErrorText>
      )}
      {computer === null || status === undefined ? (
        error === null && <p role="status">{t('loading')}</p>
      ) : (
        <>
          {!status.elevated && status.state !== 'notWindows' && <Elevation computer={computer} />}
          <Columns>
            <StepList
              at={at}
              states={stepStates(status, {
                routeTested,
                selfTestAccepted: selfTest?.accepted === true,
                mailSeen: acceptedSince > 0,
              })}
              onGo={setAt}
            />
            <Page key={at} role="region" aria-labelledby={headingId} tabIndex={0}>
              <Heading id={headingId}>{t(`step.${at}`)}</Heading>
              <Paragraph>{t(`about.${at}`)}</Paragraph>
              {page(computer, status)}
            </Page>
          </Columns>
          {over === 'events' && status.settings !== null && (
            <EventsDialog
              computer={computer}
              status={status}
              settings={status.settings}
              testTo={testTo}
              onClose={() => setOver(null)}
            />
          )}
          {over === 'rollback' && (
            <PlanDialog computer={computer} status={status} change="rollback" testTo="" onClose={() => setOver(null)} />
          )}
        </>
      )}
    </ConsoleDialog>
  );
}

const failureText = ({ summary, detail }: { readonly summary: string; readonly detail: string | null }): string =>
  [summary, detail].filter((part) => part !== null).join(' ');

/** Everything can be read and copied without rights; a new start of the console gets them. */
function Elevation({ computer }: { readonly computer: Computer }) {
  const { t } = useTranslation('ca');
  const { showFailure } = useDialogs();
  const canElevate = useComputerFacts()?.canElevate === true;
  const [declined, setDeclined] = useState(false);
  const elevate = async (): Promise<void> => {
    try {
      const { restarted } = await computer.call('computer.restartElevated', null);
      setDeclined(!restarted);
    } catch (error) {
      showFailure(error);
    }
  };
  return (
    <Banner role="status">
      <span>{t(declined ? 'elevateDeclined' : 'notElevated')}</span>
      {canElevate && <Button onClick={() => void elevate()}>{t('elevate')}</Button>}
    </Banner>
  );
}
