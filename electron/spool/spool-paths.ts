/** Names of the files and folders of one virtual server's mail, and what a name in the queue folder means. Pure. */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { FileEntry } from '../base/disk.ts';
import { ownIdPattern } from './message-ids.ts';
import type { SpoolFolders } from './types.ts';

export interface SpoolPaths extends SpoolFolders {
  /** Accepted mail that has no file of its own yet. */
  readonly journal: string;
  readonly incoming: (id: MessageId) => string;
  readonly message: (id: MessageId) => string;
  readonly state: (id: MessageId) => string;
  /** Says which file elsewhere becomes this message: see take-over.ts. */
  readonly intent: (id: MessageId) => string;
}

/** @param settings  Asked at each use: the Badmail folder may be changed at any time. */
export function spoolPaths(
  mailroot: string,
  settings: () => Pick<ServerSettings, 'messages.badmailFolder'>,
): SpoolPaths {
  const queue = join(mailroot, 'Queue');
  return {
    mailroot,
    queue,
    get badmail() {
      return settings()['messages.badmailFolder'] || join(mailroot, 'Badmail');
    },
    damaged: join(mailroot, 'Damaged'),
    trash: join(mailroot, 'Trash'),
    journal: join(mailroot, 'Journal'),
    incoming: (id) => join(queue, `${id}.tmp`),
    message: (id) => join(queue, `${id}.eml`),
    state: (id) => join(queue, `${id}.json`),
    intent: (id) => join(queue, `${id}.pickup`),
  };
}

export interface QueueListing {
  /** By arrival. */
  readonly messages: readonly MessageId[];
  readonly states: ReadonlySet<MessageId>;
  /** States whose message is gone: its removal was cut short. */
  readonly orphans: readonly MessageId[];
  /** Files that were being taken over from elsewhere; a message with this id is not among `messages` yet. */
  readonly takeOvers: readonly MessageId[];
  /** Names of files that were being written when the relay ended. */
  readonly unfinished: readonly string[];
  readonly foreign: readonly string[];
}

const ownName = new RegExp(`^(${ownIdPattern})\\.(eml|json|pickup|tmp|json\\.tmp|pickup\\.tmp)$`);

export function classifyQueue(entries: readonly FileEntry[]): QueueListing {
  const messages = new Set<MessageId>();
  const states = new Set<MessageId>();
  const takeOvers: MessageId[] = [];
  const unfinished: string[] = [];
  const foreign: string[] = [];
  for (const { name, isFile } of entries) {
    const [, id, kind] = (isFile ? ownName.exec(name) : null) ?? [];
    if (id === undefined) foreign.push(name);
    else if (kind === 'eml') messages.add(id);
    else if (kind === 'json') states.add(id);
    else if (kind === 'pickup') takeOvers.push(id);
    else unfinished.push(name);
  }
  const orphans = [...states].filter((id) => !messages.has(id));
  for (const id of takeOvers) messages.delete(id);
  return { messages: [...messages].sort(), states, orphans, takeOvers, unfinished, foreign };
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
