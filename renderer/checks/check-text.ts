/** Findings and stages in the language of the console. Pure. */
import type { TFunction } from 'i18next';
import type { CheckFinding, CheckReport, CheckSeverity } from '../../shared/contract/computer/check-calls.ts';
import { type GatewayCheck, type GatewayStage, gatewayStages } from '../../shared/contract/gateway.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';

type Checks = TFunction<'checks'>;

export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly action: string;
}

export function findingText(t: Checks, language: string, { id, parameters }: CheckFinding): FindingText {
  const { reason } = parameters;
  const stage = gatewayStages.find((name) => name === parameters.stage);
  const values = {
    ...parameters,
    ...(stage === undefined ? {} : { stage: t(`stage.${stage}`) }),
    ...(reason === undefined ? {} : { reason: relaySentence(language, String(reason)) }),
  };
  return {
    what: t(`finding.${id}.what`, values),
    why: t(`finding.${id}.why`, values),
    action: t(`finding.${id}.action`, values),
  };
}

/** What hurts comes first. */
const severities: readonly CheckSeverity[] = ['problem', 'warning', 'note', 'skipped', 'ok'];

export const byWeight = (findings: readonly CheckFinding[]): readonly CheckFinding[] =>
  findings.toSorted((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity));

export const countOf = ({ findings }: CheckReport, severity: CheckSeverity): number =>
  findings.filter((finding) => finding.severity === severity).length;

export function stageDetail(t: Checks, language: string, { detail, note }: GatewayStage): string {
  const said = relaySentence(language, detail);
  if (note === null) return said;
  return said === '' ? t(`note.${note}`) : `${t(`note.${note}`)}: ${said}`;
}

/** For a mail to somebody who is to help: the same as on the screen. */
export const reportText = (
  t: Checks,
  language: string,
  { computerName, atMs, findings, gateways }: CheckReport,
): string =>
  [
    `${t('title')}: ${computerName}, ${new Date(atMs).toISOString()}`,
    ...byWeight(findings).map((finding) => {
      const { what, why, action } = findingText(t, language, finding);
      const head = `${t(`severity.${finding.severity}`)}: ${t(`topic.${finding.topic}`)}: ${what}`;
      return finding.severity === 'ok' ? head : `${head}\n  ${why}\n  ${action}`;
    }),
    ...gateways.map((gateway) => gatewayText(t, language, gateway)),
    '',
  ].join('\n');

const gatewayText = (t: Checks, language: string, { nextHop, hosts }: GatewayCheck): string =>
  [
    t('gateway.title', { nextHop }),
    ...hosts.flatMap(({ host, stages }) => [
      t('gateway.host', { host }),
      ...stages.map((stage) =>
        [
          '  ',
          t(`stage.${stage.stage}`),
          t(`outcome.${stage.outcome}`),
          stage.durationMs ?? '',
          stageDetail(t, language, stage),
        ]
          .join('\t')
          .trimEnd(),
      ),
    ]),
  ].join('\n');

/** Addresses as they are typed: separated by commas, semicolons or blanks. */
export const recipientsOf = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');

/** The first that can't be one; the relay has the last word. */
export const badRecipient = (recipients: readonly string[]): string | undefined =>
  recipients.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 320);
