/** What `doctor` prints, and what it ends with. Pure. */
import type { CheckReport, CheckSeverity } from '../../shared/contract/computer/check-calls.ts';
import type { GatewayCheck, GatewayHost, GatewayStage } from '../../shared/contract/gateway.ts';
import { checks as words } from '../../shared/texts/en/checks.ts';
import { checkFindingText } from '../checks/finding-text.ts';
import { errorStatus, warningStatus } from './exit-statuses.ts';
import { type Column, formatTable, oneLine } from './output.ts';

export function worstStatus({ findings }: Pick<CheckReport, 'findings'>): number {
  const found = new Set<CheckSeverity>(findings.map(({ severity }) => severity));
  return found.has('problem') ? errorStatus : found.has('warning') ? warningStatus : 0;
}

/** @param isWhole  With the stages of gateways that are in order as well. */
export function doctorText({ findings, gateways }: CheckReport, isWhole: boolean): string {
  const lines = findings.map((finding) => {
    const { what, why, action } = checkFindingText(finding);
    const head = `${words.severity[finding.severity]}: ${words.topic[finding.topic]}: ${oneLine(what)}\n`;
    return finding.severity === 'ok' ? head : `${head}  ${oneLine(why)}\n  ${oneLine(action)}\n`;
  });
  const shown = gateways.filter(({ hosts }) => isWhole || hosts.some(({ reached }) => !reached));
  return [lines.join(''), ...shown.map(gatewayText)].join('\n');
}

const gatewayText = ({ nextHop, hosts, furtherHosts }: GatewayCheck): string =>
  [
    `Stages of ${oneLine(nextHop)}\n`,
    ...hosts.map(hostText),
    furtherHosts === 0 ? '' : `${furtherHosts} further hosts were not talked to.\n`,
  ].join('');

function hostText({ host, stages, tls }: GatewayHost): string {
  const certificate = tls?.chain.map(
    ({ subject, issuer, validTo }) => `  ${oneLine(`${subject}, issued by ${issuer}, valid until ${validTo}`)}\n`,
  );
  return `${oneLine(host)}\n${formatTable(columns, stages)}${(certificate ?? []).join('')}`;
}

const columns: readonly Column<GatewayStage>[] = [
  { title: 'STAGE', text: ({ stage }) => words.stage[stage] },
  { title: 'OUTCOME', text: ({ outcome }) => words.outcome[outcome] },
  { title: 'MS', text: ({ durationMs }) => (durationMs === null ? '' : String(durationMs)), alignRight: true },
  { title: 'ANSWER', text: ({ detail, note }) => detail || (note === null ? '' : words.note[note]), maxWidth: 100 },
];
