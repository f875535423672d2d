import type { TFunction } from 'i18next';
import type { ServerStatus } from '../../../shared/contract/servers.ts';
import { relaySentence } from '../../../shared/texts/relay-sentence.ts';

/** What the relay made of the certificate that is saved, in one sentence. Pure. */
export function certificateText(
  t: TFunction<'accessTab'>,
  language: string,
  certificate: ServerStatus['certificate'],
  nowMs: number,
): string {
  if (certificate === null) return t('certificateNone');
  const { file, subject, expiresAtMs, problem } = certificate;
  if (problem !== null) return t('certificateProblem', { problem: relaySentence(language, problem) });
  const shown = { subject: subject ?? file, expires: dayText(language, expiresAtMs) };
  return t(expiresAtMs !== null && expiresAtMs <= nowMs ? 'certificateExpired' : 'certificateValid', shown);
}

const dayText = (language: string, atMs: number | null): string =>
  atMs === null ? '?' : new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(atMs);
