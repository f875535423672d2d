/** What the `ca` commands print. Pure. */
import type {
  ApplyOutcome,
  CaStatus,
  ExitModulePlan,
  PlanStep,
  RegistryData,
  SelfTest,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { readableCaName } from '../../shared/exit-module/ca-name.ts';
import { exitEventIds, hasExitEvent } from '../../shared/exit-module/exit-events.ts';
import { ca as words } from '../../shared/texts/en/ca.ts';
import { dataText, findingText } from '../ca/finding-text.ts';
import { formatPairs, oneLine } from './output.ts';

export function statusText({ settings, serviceState, findings, lastChange }: CaStatus): string {
  const about = settings === null ? '' : formatPairs(settingPairs(settings, serviceState, lastChange));
  const lines = findings.map((finding) => {
    const { what, why, action } = findingText(finding);
    return `${words.severity[finding.severity]}: ${oneLine(what)}\n  ${oneLine(why)}\n  ${oneLine(action)}\n`;
  });
  return [about, lines.join('')].filter((part) => part !== '').join('\n');
}

function settingPairs(
  settings: NonNullable<CaStatus['settings']>,
  serviceState: CaStatus['serviceState'],
  lastChange: CaStatus['lastChange'],
): readonly (readonly [string, string])[] {
  const mask = settings.eventMask ?? 0;
  const events = exitEventIds.filter((id) => hasExitEvent(mask, id));
  return [
    ['Certification authority', readableCaName(settings.caName)],
    ['Service CertSvc', words.serviceState[serviceState]],
    ['Mail server', settings.server ?? words.settings.noValue],
    ['Logs on', authenticationText(settings.authentication)],
    ['Events', `0x${mask.toString(16)} ${events.join(', ')}`.trim()],
    ['Mails', settings.mails.map(({ key }) => key).join(', ')],
    ['Changed from here', lastChange === null ? 'no' : new Date(lastChange.atMs).toISOString()],
  ];
}

const authenticationText = (mode: number | null): string => {
  const known = [words.authentication.none, words.authentication.basic, words.authentication.ntlm][mode ?? 0];
  return known ?? `unknown (${mode})`;
};

export function planText({ steps, beforeKnown }: ExitModulePlan): string {
  if (steps.length === 0) return `${words.plan.nothing}\n`;
  return steps.map((step) => stepText(step, beforeKnown)).join('\n');
}

const stepText = (step: PlanStep, beforeKnown: boolean): string =>
  [
    `${step.command.text}\n`,
    ...(beforeKnown ? [`  old value: ${valueText(step.before)}\n`] : []),
    ...(beforeKnown || step.after !== null ? [`  new value: ${valueText(step.after)}\n`] : []),
  ].join('');

const valueText = (data: RegistryData | null): string =>
  data === null
    ? words.settings.noValue
    : `${oneLine(dataText(data))} (${data.type === 'other' ? data.name : data.type})`;

export function outcomeText({ selfTest, steps, done }: ApplyOutcome): string {
  if (selfTest?.accepted === false) {
    return `${oneLine(words.plan.notAccepted.replace('{{reply}}', selfTest.reply))}\n`;
  }
  const lines = steps.map(({ id, outcome, failure, errorCode, said }) => {
    const why =
      failure === null ? [] : [words.failure[failure], errorCode, oneLine(said)].filter((part) => part !== '');
    return `${[`${id}: ${words.outcome[outcome]}`, ...why].join('. ')}\n`;
  });
  return `${lines.join('')}${done ? words.plan.allDone : words.plan.stopped}\n`;
}

export function selfTestText(
  { accepted, host, port, durationMs, reply, messageId }: SelfTest,
  sayHowToFollow: boolean,
): string {
  const at = `${host}:${port}`;
  if (!accepted) return `${at} did not take the mail: ${oneLine(reply)}\n`;
  const follow = messageId === null || !sayHowToFollow ? '' : `Follow it with "smtp-relay queue show ${messageId}".\n`;
  return `${at} took the mail after ${durationMs} ms: ${oneLine(reply)}\n${follow}`;
}
