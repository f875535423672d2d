import type { TFunction } from 'i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Warning } from '../../shared/contract/servers.ts';

export interface ProblemText {
  /** In the language of the console. */
  readonly summary: string;
  /** The relay's own English sentence with the exact file, field or server, where the summary does not say all of it. */
  readonly detail: string | null;
}

/** The relay speaks English: there its sentence is the best text. Elsewhere it follows the translated summary. */
export const problemText = (
  t: TFunction<'problems'>,
  language: string,
  { code, message, parameters }: Problem,
): ProblemText =>
  language === 'en' ? { summary: message, detail: null } : { summary: t(code, { ...parameters }), detail: message };

export const warningText = (
  t: TFunction<'server'>,
  language: string,
  { code, message, parameters }: Warning,
): ProblemText =>
  language === 'en'
    ? { summary: message, detail: null }
    : { summary: t(`warning.${code}.text`, { ...parameters }), detail: message };
