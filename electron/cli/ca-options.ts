/** What the `ca` commands are told to change. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ExitMailChange, ExitModuleChange } from '../../shared/contract/computer/exit-module-calls.ts';
import { type ExitEventId, exitEventIds } from '../../shared/exit-module/exit-events.ts';
import { mailValueNames } from '../ca/exit-module.ts';

export interface ChangeFlags {
  readonly mailServer?: string;
  readonly anonymous?: true;
  readonly on?: readonly ExitEventId[];
  readonly off?: readonly ExitEventId[];
  readonly set?: readonly ExitMailChange[];
}

export const addChangeOptions = (command: Command): Command =>
  command
    .option('--mail-server <host>', 'mail server of the certification authority')
    .option('--anonymous', 'log on nowhere (SMTPAuthenticate 0)')
    .option(
      '--on <event>',
      `send mail at this event; several times for several: ${exitEventIds.join(', ')}`,
      collectEvent,
    )
    .option('--off <event>', 'no mail at this event any more; several times for several', collectEvent)
    .option(
      '--set <value>',
      "a text of a mail, such as 'CRLIssued\\To=pki@example.org'; \\n between the lines of BodyFormat, TitleArg, BodyArg",
      collectText,
    )
    .addHelpText('after', '\nWithout any of these: --mail-server 127.0.0.1 --anonymous.');

export function changeOf({ mailServer, anonymous, on = [], off = [], set = [] }: ChangeFlags): ExitModuleChange {
  const events = Object.fromEntries([...on.map((id) => [id, true]), ...off.map((id) => [id, false])]);
  const mails = new Map<string, ExitMailChange>();
  for (const mail of set) mails.set(mail.key.toLowerCase(), { ...mails.get(mail.key.toLowerCase()), ...mail });
  const isNothing = mailServer === undefined && anonymous === undefined && [...on, ...off, ...set].length === 0;
  if (isNothing) return { server: '127.0.0.1', anonymous: true };
  return {
    ...(mailServer === undefined ? {} : { server: mailServer }),
    ...(anonymous === undefined ? {} : { anonymous }),
    events,
    mails: [...mails.values()],
  };
}

function collectEvent(text: string, before: readonly ExitEventId[] = []): readonly ExitEventId[] {
  const id = exitEventIds.find((name) => name.toLowerCase() === text.toLowerCase());
  if (id === undefined) throw new InvalidArgumentError(`The events are ${exitEventIds.join(', ')}.`);
  return [...before, id];
}

function collectText(text: string, before: readonly ExitMailChange[] = []): readonly ExitMailChange[] {
  const [, key, name, value] = /^(.+)\\(\w+)=(.*)$/s.exec(text) ?? [];
  const fields = Object.entries(mailValueNames);
  const [field] = fields.find(([, known]) => known.toLowerCase() === name?.toLowerCase()) ?? [];
  if (key === undefined || field === undefined || value === undefined) {
    const names = fields.map(([, known]) => known).join(', ');
    throw new InvalidArgumentError(`It takes <mail>\\<name>=<text>; the names are ${names}.`);
  }
  const isOneLine = ['from', 'to', 'cc', 'titleFormat'].includes(field);
  return [...before, { key, [field]: isOneLine ? value : value === '' ? [] : value.split('\\n') }];
}
