/** The sentences of a finding in English. Pure. */
import type { CaFinding, RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';
import { caFindings } from '../../shared/texts/en/ca-findings.ts';

export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly action: string;
}

export function findingText({ id, parameters }: CaFinding): FindingText {
  const fill = (text: string): string =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(parameters[name] ?? ''));
  const { what, why, action } = caFindings[id];
  return { what: fill(what), why: fill(why), action: fill(action) };
}

/** A value of the registry on one line. */
export function dataText(data: RegistryData): string {
  switch (data.type) {
    case 'REG_DWORD':
      return data.number < 10 ? String(data.number) : `0x${data.number.toString(16)} (${data.number})`;
    case 'REG_MULTI_SZ':
      return data.lines.join(' | ');
    default:
      return data.text;
  }
}
