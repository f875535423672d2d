/** What becomes of the relay when it is made a service, or is none any more; then does it. */
import { styled } from '@mui/material/styles';
import { useTranslation } from 'react-i18next';
import type { ServiceState } from '../../shared/contract/computer/service-calls.ts';
import { useComputerFacts } from '../api/computer-context.tsx';
import { ConsoleDialog, type DialogButton } from '../app/Dialog.tsx';
import { problemOf } from '../app/dialogs.tsx';
import { ProgressBar } from '../app/ProgressBar.tsx';
import { problemText } from '../app/problem-text.ts';
import { monospaceFontFamily } from '../app/theme.ts';
import { RestartElevated } from './RestartElevated.tsx';
import { serviceProblemText } from './service-problem.ts';
import { useService } from './use-service.ts';

const Paragraph = styled('p')({ margin: '0 0 8px' });
const Steps = styled('ol')({ margin: '0 0 8px', paddingLeft: 20, '& li': { marginBottom: 4 } });
const Facts = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'max-content 1fr',
  gap: '4px 16px',
  margin: '0 0 10px',
  '& dt': { color: theme.vars.palette.text.secondary },
  '& dd': { margin: 0, overflowWrap: 'anywhere' },
}));
const Command = styled('code')(({ theme }) => ({
  display: 'block',
  padding: '4px 8px',
  fontFamily: monospaceFontFamily,
  fontSize: 12,
  overflowWrap: 'anywhere',
  userSelect: 'text',
  backgroundColor: theme.vars.palette.frame.bar,
  border: `1px solid ${theme.vars.palette.frame.line}`,
}));
const Failure = styled('p')(({ theme }) => ({ margin: '8px 0', color: theme.vars.palette.error.main }));

interface ServiceDialogProps {
  readonly what: 'install' | 'remove';
  readonly onClose: () => void;
}

export function ServiceDialog({ what, onClose }: ServiceDialogProps) {
  const { t } = useTranslation('service');
  const { t: tApp } = useTranslation('app');
  const { status, change } = useService();
  const elevated = useComputerFacts()?.elevated === true;
  const close: DialogButton = { label: tApp('dialog.close'), onClick: onClose, isDefault: true };
  const questions: readonly DialogButton[] = [
    {
      label: t(`${what}.confirm`),
      disabled: !elevated || status?.notPossible !== null || change.isPending,
      onClick: () => change.mutate(what),
    },
    { label: tApp('dialog.cancel'), onClick: onClose, isDefault: true },
  ];
  return (
    <ConsoleDialog
      title={t(`${what}.title`)}
      help="service"
      width={560}
      role="alertdialog"
      // A change that is under way goes on without its dialog: it stays to tell how it ended.
      onClose={change.isPending ? () => {} : onClose}
      buttons={change.isPending ? [] : change.isSuccess ? [close] : questions}
    >
      {change.isSuccess ? (
        <Paragraph role="status">{t(`${what}.done`)}</Paragraph>
      ) : (
        <>
          <Paragraph>{t(`${what}.intro`)}</Paragraph>
          <WhatHappens what={what} />
          {status !== undefined && <ServiceFacts what={what} status={status} />}
          {status?.notPossible === null && !elevated && <WithoutRights command={status.commands[what]} />}
          {change.isError && <WhyNot error={change.error} />}
          {change.isPending && <ProgressBar label={t(`${what}.working`)} progress={null} text={t(`${what}.working`)} />}
        </>
      )}
    </ConsoleDialog>
  );
}

function WhatHappens({ what }: Pick<ServiceDialogProps, 'what'>) {
  const { t } = useTranslation('service');
  const steps =
    what === 'install'
      ? [t('install.steps.stop'), t('install.steps.make'), t('install.steps.rights'), t('install.steps.attach')]
      : [t('remove.steps.stop'), t('remove.steps.remove'), t('remove.steps.host')];
  return (
    <>
      <Steps>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </Steps>
      {what === 'install' && <Paragraph>{t('install.failure')}</Paragraph>}
    </>
  );
}

function ServiceFacts({ what, status }: { readonly what: ServiceDialogProps['what']; readonly status: ServiceState }) {
  const { t } = useTranslation('service');
  if (status.notPossible !== null) return <Failure role="alert">{t(`notPossible.${status.notPossible}`)}</Failure>;
  return (
    <Facts>
      <dt>{t('facts.state')}</dt>
      <dd>{t(`state.${status.state}`)}</dd>
      <dt>{t('facts.account')}</dt>
      <dd>{status.account}</dd>
      {what === 'install' && (
        <>
          <dt>{t('facts.start')}</dt>
          <dd>{t('facts.startValue')}</dd>
        </>
      )}
      <dt>{t('facts.dataFolder')}</dt>
      <dd>{status.dataFolder}</dd>
    </Facts>
  );
}

function WithoutRights({ command }: { readonly command: string }) {
  const { t } = useTranslation('service');
  return (
    <>
      <Paragraph>{t('elevation.needed')}</Paragraph>
      <RestartElevated />
      <Paragraph sx={{ marginTop: '8px' }}>{t('command')}</Paragraph>
      <Command>{command}</Command>
    </>
  );
}

function WhyNot({ error }: { readonly error: unknown }) {
  const { t, i18n } = useTranslation('service');
  const { t: tProblems } = useTranslation('problems');
  const problem = problemOf(error);
  const known = serviceProblemText(t, problem);
  const { summary, detail } = problemText(tProblems, i18n.language, problem);
  return (
    <div role="alert">
      <Failure>{t('failed')}</Failure>
      <Paragraph data-selectable>{known ?? [summary, detail].filter((part) => part !== null).join(' ')}</Paragraph>
    </div>
  );
}
