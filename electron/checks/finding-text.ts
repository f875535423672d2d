/** The sentences of a finding in English. Pure. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import { gatewayStages } from '../../shared/contract/gateway.ts';
import { checkFindings, type FindingText } from '../../shared/texts/en/check-findings.ts';
import { checks } from '../../shared/texts/en/checks.ts';

export function checkFindingText({ id, parameters }: CheckFinding): FindingText {
  const stage = gatewayStages.find((name) => name === parameters.stage);
  const values = stage === undefined ? parameters : { ...parameters, stage: checks.stage[stage] };
  const fill = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  const { what, why, action } = checkFindings[id];
  return { what: fill(what), why: fill(why), action: fill(action) };
}
