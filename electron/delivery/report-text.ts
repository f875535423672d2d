/** What a report says to people, in the language of `messages.reportLanguage`. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

/**
 * failed: given up. delayed: still tried. relayed: handed to a server that makes no reports of its own.
 * delivered: put where it was addressed to. The words of RFC 3464 section 2.3.3.
 */
export type ReportKind = 'failed' | 'delayed' | 'relayed' | 'delivered';
export type ReportLanguage = ServerSettings['messages.reportLanguage'];

interface Wording {
  readonly subject: string;
  /** Before the list of recipients. */
  readonly news: readonly string[];
}

interface LanguageTexts {
  readonly from: (reportingName: string) => string;
  readonly subject: string;
  readonly arrived: string;
  readonly until: string;
  readonly automatic: string;
  readonly kinds: Readonly<Record<ReportKind, Wording>>;
}

const texts: Readonly<Record<ReportLanguage, LanguageTexts>> = {
  en: {
    from: (reportingName) => `This is the mail system at ${reportingName}.`,
    subject: 'Subject',
    arrived: 'Received',
    until: 'Delivery is tried until at least',
    automatic: 'This notification was generated automatically.',
    kinds: {
      failed: {
        subject: 'Delivery Status Notification (Failure)',
        news: ['Your message could not be delivered to these recipients:'],
      },
      delayed: {
        subject: 'Delivery Status Notification (Delay)',
        news: [
          'THIS IS A WARNING ONLY. YOU DO NOT NEED TO SEND YOUR MESSAGE AGAIN.',
          'Its delivery to these recipients is late:',
        ],
      },
      relayed: {
        subject: 'Delivery Status Notification (Relay)',
        news: [
          'Your message was handed on for these recipients. The next mail server does not',
          'report on deliveries, so you may hear no more of it:',
        ],
      },
      delivered: {
        subject: 'Delivery Status Notification (Success)',
        news: ['Your message was delivered to these recipients:'],
      },
    },
  },
  de: {
    from: (reportingName) => `Dies ist das Mailsystem auf ${reportingName}.`,
    subject: 'Betreff',
    arrived: 'Eingegangen',
    until: 'Die Zustellung wird versucht bis mindestens',
    automatic: 'Diese Benachrichtigung wurde automatisch erstellt.',
    kinds: {
      failed: {
        subject: 'Benachrichtigung zum Übermittlungsstatus (Fehlgeschlagen)',
        news: ['Ihre Nachricht konnte diesen Empfängern nicht zugestellt werden:'],
      },
      delayed: {
        subject: 'Benachrichtigung zum Übermittlungsstatus (Verzögerung)',
        news: [
          'DIES IST NUR EINE WARNUNG. SIE MÜSSEN IHRE NACHRICHT NICHT ERNEUT SENDEN.',
          'Die Zustellung an diese Empfänger verzögert sich:',
        ],
      },
      relayed: {
        subject: 'Benachrichtigung zum Übermittlungsstatus (Weiterleitung)',
        news: [
          'Ihre Nachricht wurde für diese Empfänger weitergegeben. Der nächste Mailserver',
          'meldet keine Zustellungen, Sie erfahren daher möglicherweise nichts weiter:',
        ],
      },
      delivered: {
        subject: 'Benachrichtigung zum Übermittlungsstatus (Erfolg)',
        news: ['Ihre Nachricht wurde diesen Empfängern zugestellt:'],
      },
    },
  },
};

export const reportSubject = (kind: ReportKind, language: ReportLanguage): string =>
  texts[language].kinds[kind].subject;

export interface ReportNews {
  readonly kind: ReportKind;
  readonly language: ReportLanguage;
  readonly reportingName: string;
  readonly recipients: readonly { readonly address: string; readonly reason: string | null }[];
  readonly subject: string;
  readonly arrivedAtMs: EpochMs;
  /** When the first of them is given up; null when that is no question any more. */
  readonly retryUntilMs: EpochMs | null;
}

/** One line each may hold only one line's worth: control characters are the caller's to remove. */
export function reportText(report: ReportNews): string {
  const { from, subject, arrived, until, automatic, kinds } = texts[report.language];
  return [
    from(report.reportingName),
    '',
    ...kinds[report.kind].news,
    '',
    ...report.recipients.flatMap(({ address, reason }) => [
      `  ${address}`,
      ...(reason === null ? [] : [`    ${reason}`]),
    ]),
    '',
    ...(report.retryUntilMs === null ? [] : [`${until}: ${moment(report.retryUntilMs)}`]),
    `${subject}: ${report.subject}`,
    `${arrived}: ${moment(report.arrivedAtMs)}`,
    '',
    automatic,
    '',
  ].join('\r\n');
}

/** '2030-01-02 03:04 UTC': the same in every language, and no doubt about the time zone of the reader. */
const moment = (ms: EpochMs): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
