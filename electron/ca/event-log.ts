/** Mail the certification authority could not send, from the Application log. Pure. */
import type { Command } from '../base/command-runner.ts';
import type { WindowsPrograms } from './windows-programs.ts';

export interface MailFailure {
  readonly atMs: number;
  readonly eventId: number;
  /** HRESULT; empty when the entry has none. */
  readonly errorCode: string;
  /** Its last sentence: which event, to whom; in the language of Windows. */
  readonly said: string;
}

const maxEntries = 50;

/** Its own fields, not the sentences made of them: those are translated. */
export const failuresCommand = ({ wevtutil }: WindowsPrograms, withinMs: number): Command => {
  const source = "Provider[@Name='Microsoft-Windows-CertificationAuthority']";
  const time = `TimeCreated[timediff(@SystemTime) <= ${Math.max(Math.round(withinMs), 1)}]`;
  const query = `*[System[${source} and (EventID=45 or EventID=46) and ${time}]]`;
  return wevtutil('qe', 'Application', `/q:${query}`, `/c:${maxEntries}`, '/rd:true', '/f:xml');
};

/** @param xml  `<Event>` after `<Event>`, without a root. */
export function parseFailures(xml: string): readonly MailFailure[] {
  return xml
    .split('</Event>')
    .slice(0, maxEntries)
    .flatMap((entry): MailFailure[] => {
      const eventId = Number(/<EventID[^>]*>(\d+)<\/EventID>/.exec(entry)?.[1] ?? Number.NaN);
      const atMs = Date.parse(/SystemTime=['"]([^'"]+)['"]/.exec(entry)?.[1] ?? '');
      if (Number.isNaN(eventId) || Number.isNaN(atMs)) return [];
      const data = [...entry.matchAll(/<Data(?: [^>]*)?>([^<]*)<\/Data>/g)].map(([, text = '']) => plain(text));
      const errorCode = data.map((text) => /^0x[0-9a-f]{8}\b/i.exec(text)?.[0]).find((code) => code !== undefined);
      return [{ atMs, eventId, errorCode: errorCode?.toLowerCase() ?? '', said: sentenceOf(data).slice(0, 500) }];
    });
}

/** The module and its method come first, then the number; the sentence with event and recipient has blanks in it. */
const sentenceOf = (data: readonly string[]): string =>
  data.find((text, index) => index >= 2 && /\s/.test(text) && !/^0x/i.test(text)) ?? '';

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '').trim();
