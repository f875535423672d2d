/** What the journal of earlier runs says: which messages are in it alone, and which must not come back. */
import { join } from 'node:path';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';
import { decodeSegment } from './journal-record.ts';
import type { DamagedFile } from './quarantine.ts';
import { causeText } from './storage-problem.ts';

/** Where the file of a message stands in the journal. */
export interface JournalPlace {
  readonly segment: JournalSegment;
  readonly startBytes: number;
  readonly lengthBytes: number;
}

export interface JournalSegment {
  readonly path: string;
  sizeBytes: number;
  /** Messages that are nowhere else. */
  unfiled: number;
  /** Being made or written to. */
  inUse: boolean;
  /** To be looked at by somebody: it goes to Damaged and is not removed. */
  readonly damaged: boolean;
}

export interface JournalContent {
  /** The oldest first. */
  readonly segments: readonly JournalSegment[];
  /** By arrival. */
  readonly unfiled: ReadonlyMap<MessageId, JournalPlace>;
  readonly removed: ReadonlySet<MessageId>;
  readonly highestNumber: number;
  readonly damaged: readonly DamagedFile[];
}

const segmentName = /^(\d{1,15})\.journal$/;

export const segmentPath = (folder: string, number: number): string => join(folder, `${number}.journal`);

/**
 * A segment that cannot be read stays where it is and is reported; the others are used.
 * @throws what the disk throws when the folder cannot be listed.
 */
export async function replayJournal(
  { disk, log }: Pick<Ports, 'disk' | 'log'>,
  folder: string,
): Promise<JournalContent> {
  const numbers = (await disk.list(folder)).flatMap(({ name, isFile }) => {
    const number = isFile ? segmentName.exec(name)?.[1] : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  numbers.sort((one, other) => one - other);
  const segments: JournalSegment[] = [];
  const unfiled = new Map<MessageId, JournalPlace>();
  const removed = new Set<MessageId>();
  const damaged: DamagedFile[] = [];
  for (const number of numbers) {
    const path = segmentPath(folder, number);
    const file = `${number}.journal`;
    const bytes = await disk.readFile(path).catch((error: unknown) => {
      log.error('journal could not be read; it is left where it is', error, { file: path });
      damaged.push({ file, reason: `It could not be read and is left in the journal folder: ${causeText(error)}` });
      return null;
    });
    if (bytes === null) continue;
    const content = decodeSegment(bytes);
    const segment = { path, sizeBytes: bytes.length, unfiled: 0, inUse: false, damaged: content.damaged };
    segments.push(segment);
    if (content.damaged) {
      log.error('journal is damaged; what can be read is used', new Error('checksum'), { file: path });
      damaged.push({ file, reason: 'Part of it is damaged; the messages that could be read are in the queue.' });
    }
    for (const { kind, id, startBytes, lengthBytes } of content.records) {
      if (kind === 'message') unfiled.set(id, { segment, startBytes, lengthBytes });
      else unfiled.delete(id);
      if (kind === 'removed') removed.add(id);
    }
  }
  for (const { segment } of unfiled.values()) segment.unfiled += 1;
  return { segments, unfiled, removed, highestNumber: numbers.at(-1) ?? 0, damaged };
}
