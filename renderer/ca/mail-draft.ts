/** Changes of events and texts that are not applied yet. Pure. */
import type {
  ExitMail,
  ExitMailChange,
  ExitModuleChange,
  ExitModuleSettings,
} from '../../shared/contract/computer/exit-module-calls.ts';
import { type ExitEventId, exitEventIds, hasExitEvent } from '../../shared/exit-module/exit-events.ts';

/** A mail as it is edited: lists have an entry in each line. */
export interface MailDraft {
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly titleFormat: string;
  readonly titleArguments: string;
  readonly bodyFormat: string;
  readonly bodyArguments: string;
}

export interface EventsDraft {
  readonly events: Readonly<Partial<Record<ExitEventId, boolean>>>;
  /** By key. */
  readonly mails: Readonly<Record<string, MailDraft>>;
}

export const emptyDraft: EventsDraft = { events: {}, mails: {} };

export const draftOf = (mail: ExitMail): MailDraft => ({
  from: mail.from,
  to: mail.to,
  cc: mail.cc,
  titleFormat: mail.titleFormat,
  titleArguments: mail.titleArguments.join('\n'),
  // One blank stands for an empty line in the registry.
  bodyFormat: mail.bodyFormat.map((line) => line.trimEnd()).join('\n'),
  bodyArguments: mail.bodyArguments.join('\n'),
});

/** Blank lines of a list of names mean nothing; those of a text do. */
export const namesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
export const linesOf = (text: string): string[] => text.replace(/\n+$/, '').split('\n');

/** Only what differs from what is set up: the rest of the registry is left alone. */
export function changeOfDraft(settings: ExitModuleSettings, draft: EventsDraft): ExitModuleChange {
  const mask = settings.eventMask ?? 0;
  const events = Object.fromEntries(
    exitEventIds.flatMap((id) => {
      const wanted = draft.events[id];
      return wanted === undefined || wanted === hasExitEvent(mask, id) ? [] : [[id, wanted]];
    }),
  );
  const mails = settings.mails.flatMap((mail) => {
    const edited = draft.mails[mail.key];
    const change = edited === undefined ? null : mailChange(mail, edited);
    return change === null ? [] : [change];
  });
  return { ...(Object.keys(events).length === 0 ? {} : { events }), ...(mails.length === 0 ? {} : { mails }) };
}

export const isEmptyChange = (change: ExitModuleChange): boolean => Object.keys(change).length === 0;

function mailChange(mail: ExitMail, edited: MailDraft): ExitMailChange | null {
  const before = draftOf(mail);
  const changed = (field: keyof MailDraft): boolean => edited[field].trimEnd() !== before[field].trimEnd();
  const change: ExitMailChange = {
    key: mail.key,
    ...(changed('from') ? { from: edited.from.trim() } : {}),
    ...(changed('to') ? { to: edited.to.trim() } : {}),
    ...(changed('cc') ? { cc: edited.cc.trim() } : {}),
    ...(changed('titleFormat') ? { titleFormat: edited.titleFormat } : {}),
    ...(changed('titleArguments') ? { titleArguments: namesOf(edited.titleArguments) } : {}),
    ...(changed('bodyFormat') ? { bodyFormat: linesOf(edited.bodyFormat) } : {}),
    ...(changed('bodyArguments') ? { bodyArguments: namesOf(edited.bodyArguments) } : {}),
  };
  return Object.keys(change).length === 1 ? null : change;
}
