/** The sentences of a finding in the language of the console. */
import type { TFunction } from 'i18next';
import type { CaFinding, CaStatus, RegistryData } from '../../shared/contract/computer/exit-module-calls.ts';

export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly action: string;
}

export function findingText(t: TFunction<'ca'>, language: string, { id, parameters }: CaFinding): FindingText {
  const values = { ...parameters, ...shownValues(t, language, parameters) };
  return {
    what: t(`finding.${id}.what`, values),
    why: t(`finding.${id}.why`, values),
    action: t(`finding.${id}.action`, values),
  };
}

/** Numbers and words of machines as people read them. */
function shownValues(
  t: TFunction<'ca'>,
  language: string,
  { at, state, errorCode }: CaFinding['parameters'],
): Readonly<Record<string, string>> {
  return {
    ...(at === undefined ? {} : { at: momentText(language, Date.parse(String(at))) }),
    ...(state === undefined ? {} : { state: t(`serviceState.${state as CaStatus['serviceState']}`) }),
    ...(errorCode === undefined ? {} : { errorCode: errorCodeText(t, String(errorCode)) }),
  };
}

export const momentText = (language: string, atMs: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);

/** '0x80040213 (nobody answered at the mail server)' */
export function errorCodeText(t: TFunction<'ca'>, code: string): string {
  const meaning = t(`errorCode.${code}` as 'errorCode.0x8004020a', { defaultValue: '' });
  return meaning === '' ? code : `${code} (${meaning})`;
}

export function authenticationText(t: TFunction<'ca'>, mode: number | null): string {
  if (mode === null || mode === 0) return t('authentication.none');
  if (mode === 1) return t('authentication.basic');
  return mode === 2 ? t('authentication.ntlm') : t('authentication.other', { mode });
}

/** A value of the registry on one line. */
export function dataText(data: RegistryData): string {
  switch (data.type) {
    case 'REG_DWORD':
      return data.number < 10 ? String(data.number) : `0x${data.number.toString(16)}`;
    case 'REG_MULTI_SZ':
      return data.lines.join(' | ');
    default:
      return data.text;
  }
}
