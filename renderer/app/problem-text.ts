import type { TFunction } from 'i18next';
import type { Problem } from '../../shared/contract/problem.ts';
import type { Warning } from '../../shared/contract/servers.ts';
import { relaySentence } from '../../shared/texts/relay-sentence.ts';

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

/**
 * The relay speaks English: there its sentence is the best text, as it is elsewhere when it is known in that language. What is
 * not known follows a translated summary.
 */
export function problemText(
  t: TFunction<'problems'>,
  language: string,
  { code, message, parameters = {} }: Problem,
): ProblemText {
  if (language === 'en') return { summary: message, detail: null };
  const said = relaySentence(language, message);
  if (said !== message) return { summary: said, detail: null };
  const { endpoint } = parameters;
  const summary = isAboutAddress(code) && endpoint !== undefined ? t(atEndpoint[code], { endpoint }) : t(code);
  return { summary, detail: message };
}

/** Parameters of warnings that are a moment, as ISO text. */
const moments: ReadonlySet<string> = new Set(['since', 'expires']);

/** A warning's parameters say all of it, but for the reason why an address is not open. */
export function warningText(
  t: TFunction<'server'>,
  language: string,
  { code, message, parameters }: Warning,
): ProblemText {
  if (language === 'en') return { summary: withLocalMoments(language, message), detail: null };
  const shown = Object.entries(parameters).map(([name, value]) => [
    name,
    moments.has(name)
      ? momentText(language, value)
      : typeof value === 'string'
        ? relaySentence(language, value)
        : value,
  ]);
  return {
    summary: t(`warning.${code}.text`, Object.fromEntries(shown)),
    detail: code === 'listenerNotBound' ? message : null,
  };
}

/** The relay writes moments as machines do. */
const withLocalMoments = (language: string, message: string): string =>
  message.replace(/\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,12}Z/g, (moment) => momentText(language, moment));

/** '24.09.2030, 14:05' in the time of this computer; what is no moment stays as it is. */
function momentText(language: string, value: string | number): string {
  const atMs = Date.parse(String(value));
  if (Number.isNaN(atMs)) return String(value);
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}
