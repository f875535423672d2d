/** Names of the files and folders of one virtual server's mail, and what a name in the queue folder means. Pure. */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { FileEntry } from '../base/disk.ts';
import { ownIdPattern } from './message-ids.ts';
import type { SpoolFolders } from './types.ts';

export interface SpoolPaths extends SpoolFolders {
  readonly mailroot: string;
  readonly incoming: (id: MessageId) => string;
  readonly message: (id: MessageId) => string;
  readonly state: (id: MessageId) => string;
  readonly badmailMessage: (id: MessageId) => string;
  readonly badmailReason: (id: MessageId) => string;
}

export function spoolPaths(mailroot: string): SpoolPaths {
  const queue = join(mailroot, 'Queue');
  const badmail = join(mailroot, 'Badmail');
  return {
    mailroot,
    queue,
    badmail,
    damaged: join(mailroot, 'Damaged'),
    incoming: (id) => join(queue, `${id}.tmp`),
    message: (id) => join(queue, `${id}.eml`),
    state: (id) => join(queue, `${id}.json`),
    badmailMessage: (id) => join(badmail, `${id}.eml`),
    badmailReason: (id) => join(badmail, `${id}.txt`),
  };
}

export interface QueueListing {
  /** By arrival. */
  readonly messages: readonly MessageId[];
  readonly states: ReadonlySet<MessageId>;
  /** States whose message is gone: its removal was cut short. */
  readonly orphans: readonly MessageId[];
  /** Names of files that were being written when the relay ended. */
  readonly unfinished: readonly string[];
  readonly foreign: readonly string[];
}

const ownName = new RegExp(`^(${ownIdPattern})\\.(eml|json|tmp|json\\.tmp)$`);

export function classifyQueue(entries: readonly FileEntry[]): QueueListing {
  const messages = new Set<MessageId>();
  const states = new Set<MessageId>();
  const unfinished: string[] = [];
  const foreign: string[] = [];
  for (const { name, isFile } of entries) {
    const [, id, kind] = (isFile ? ownName.exec(name) : null) ?? [];
    if (id === undefined) foreign.push(name);
    else if (kind === 'eml') messages.add(id);
    else if (kind === 'json') states.add(id);
    else unfinished.push(name);
  }
  return {
    messages: [...messages].sort(),
    states,
    orphans: [...states].filter((id) => !messages.has(id)),
    unfinished,
    foreign,
  };
}

const startsWithOwnId = new RegExp(`^${ownIdPattern}(?=\\.)`);

/** The highest id that a file name begins with; undefined when none does. */
export function highestId(names: Iterable<string>): MessageId | undefined {
  let highest: MessageId | undefined;
  for (const name of names) {
    const id = startsWithOwnId.exec(name)?.[0];
    if (id !== undefined && (highest === undefined || id > highest)) highest = id;
  }
  return highest;
}
