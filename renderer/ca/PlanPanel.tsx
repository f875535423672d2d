/** The commands of a change with old and new values; runs them after a question, and shows what became of each. */
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ApplyOutcome,
  CaStatus,
  ExitModuleChange,
  ExitModulePlan,
  PlanStep,
  RegistryData,
  StepOutcome,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';
import { ConfirmDialog } from '../app/Dialog.tsx';
import { problemOf, useDialogs } from '../app/dialogs.tsx';
import { problemText } from '../app/problem-text.ts';
import { dataText } from './finding-text.ts';
import { CommandLine, CopyButton, ErrorText, GoodText, Row, Secondary } from './parts.tsx';
import { type Computer, useCaPlan, useReadAgain } from './use-ca.ts';

interface PlanPanelProps {
  readonly computer: Computer;
  readonly status: CaStatus;
  readonly change: ExitModuleChange | 'rollback';
  /** Who gets the test mail that a new server must take first. */
  readonly testTo: string;
  /** All commands were run and read back. */
  readonly onDone?: () => void;
}

interface Ran {
  /** What was run; the outcome says nothing of another change. */
  readonly changeKey: string;
  readonly plan: ExitModulePlan;
  readonly outcome: ApplyOutcome;
}

const Steps = styled('ol')({ margin: '0 0 4px', padding: 0, listStyle: 'none' });
const Step = styled('li')({ margin: '0 0 12px' });
const Values = styled('div')({ overflowWrap: 'anywhere', userSelect: 'text' });

export function PlanPanel({ computer, status, change, testTo, onDone }: PlanPanelProps) {
  const { t, i18n } = useTranslation('ca');
  const { t: tProblem } = useTranslation('problems');
  const { showFailure } = useDialogs();
  const readAgain = useReadAgain();
  const asked = useCaPlan(computer, change);
  const [latest, setLatest] = useState<Ran | null>(null);
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const changeKey = JSON.stringify(change);
  const ran = latest?.changeKey === changeKey ? latest : null;

  if (asked.error !== null) {
    const { summary, detail } = problemText(tProblem, i18n.language, problemOf(asked.error));
    return (
      <ErrorText role="alert">
        {summary} {detail}
      </ErrorText>
    );
  }
  const plan = ran?.plan ?? asked.data;
  if (plan === undefined) return <p>{t('loading')}</p>;
  if (plan === null) return <p>{t('verify.nothingToTakeBack')}</p>;
  if (plan.steps.length === 0) return <GoodText>{t('plan.nothing')}</GoodText>;

  const run = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    const { fingerprint } = plan;
    try {
      const outcome =
        change === 'rollback'
          ? await computer.call('ca.rollback', { fingerprint })
          : await computer.call('ca.apply', { change, fingerprint, testTo });
      setLatest({ changeKey, plan, outcome });
      if (outcome.done) onDone?.();
    } catch (error) {
      showFailure(error);
    } finally {
      setBusy(false);
      readAgain();
    }
  };
  const canRun = status.state === 'ready' && status.elevated && ran?.outcome.done !== true;
  return (
    <>
      <Steps aria-label={t('plan.table')}>
        {plan.steps.map((step) => (
          <PlanStepItem
            key={step.id}
            step={step}
            beforeKnown={plan.beforeKnown}
            outcome={ran?.outcome.steps.find(({ id }) => id === step.id)}
          />
        ))}
      </Steps>
      <div aria-live="polite">{ran !== null && <OutcomeText outcome={ran.outcome} />}</div>
      <Row>
        <CopyButton text={plan.steps.map(({ command }) => command.text).join('\n')} label={t('copyAll')} />
        <Button disabled={!canRun || busy} onClick={() => setAsking(true)}>
          {t('run')}
        </Button>
      </Row>
      {asking && (
        <ConfirmDialog
          title={t('plan.confirmTitle')}
          confirmLabel={t('plan.confirmRun')}
          onConfirm={() => void run()}
          onCancel={() => setAsking(false)}
        >
          {t('plan.confirm', { count: plan.steps.length })}
        </ConfirmDialog>
      )}
    </>
  );
}

interface PlanStepItemProps {
  readonly step: PlanStep;
  readonly beforeKnown: boolean;
  readonly outcome: StepOutcome | undefined;
}

function PlanStepItem({ step, beforeKnown, outcome }: PlanStepItemProps) {
  const { t } = useTranslation('ca');
  const value = (data: RegistryData | null): string =>
    data === null ? t('settings.noValue') : dataText(data) === '' ? t('settings.noValue') : dataText(data);
  const before = beforeKnown ? value(step.before) : t('plan.unknown');
  const after = step.after === null && !beforeKnown ? '' : step.after === null ? t('plan.removed') : value(step.after);
  return (
    <Step>
      <strong>{step.key === '' ? step.name : `${step.key}\\${step.name}`}</strong>
      <Values>
        {t('plan.before')}: {before}
        {after !== '' && (
          <>
            {' · '}
            {t('plan.after')}: {after}
          </>
        )}
      </Values>
      <CommandLine text={step.command.text} />
      {outcome !== undefined && <StepOutcomeText outcome={outcome} />}
    </Step>
  );
}

function StepOutcomeText({ outcome }: { readonly outcome: StepOutcome }) {
  const { t } = useTranslation('ca');
  const { failure, errorCode, said } = outcome;
  if (failure === null) return <Secondary>{t(`outcome.${outcome.outcome}`)}</Secondary>;
  return (
    <ErrorText>
      {t(`failure.${failure}`)} {errorCode} {said}
    </ErrorText>
  );
}

function OutcomeText({ outcome: { done, selfTest } }: { readonly outcome: ApplyOutcome }) {
  const { t, i18n } = useTranslation('ca');
  if (done) return <GoodText>{t('plan.allDone')}</GoodText>;
  return (
    <ErrorText>
      {selfTest?.accepted === false
        ? t('plan.notAccepted', { reply: relaySentence(i18n.language, selfTest.reply) })
        : t('plan.stopped')}
    </ErrorText>
  );
}
