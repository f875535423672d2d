import type { TFunction } from 'i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Warning } from '../../shared/contract/servers.ts';

export interface ProblemText {
  /** In the language of the console. */
  readonly summary: string;
  /** The relay's own English sentence with the exact file, field or server, where the summary does not say all of it. */
  readonly detail: string | null;
}

/** Problems of one address have a sentence that names it. */
const atEndpoint = {
  addressInUse: 'addressInUseAt',
  addressNotAvailable: 'addressNotAvailableAt',
  portNotAllowed: 'portNotAllowedAt',
} as const;

const isAboutAddress = (code: Problem['code']): code is keyof typeof atEndpoint => Object.hasOwn(atEndpoint, code);

/** The relay speaks English: there its sentence is the best text. Elsewhere it follows the translated summary. */
export function problemText(
  t: TFunction<'problems'>,
  language: string,
  { code, message, parameters = {} }: Problem,
): ProblemText {
  if (language === 'en') return { summary: message, detail: null };
  const { endpoint } = parameters;
  const summary = isAboutAddress(code) && endpoint !== undefined ? t(atEndpoint[code], { endpoint }) : t(code);
  return { summary, detail: message };
}

/** A warning's parameters say all of it, but for the reason why an address is not open. */
export const warningText = (
  t: TFunction<'server'>,
  language: string,
  { code, message, parameters }: Warning,
): ProblemText =>
  language === 'en'
    ? { summary: message, detail: null }
    : { summary: t(`warning.${code}.text`, parameters), detail: code === 'listenerNotBound' ? message : null };
