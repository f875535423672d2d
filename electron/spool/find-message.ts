/** Reads one message of the queue folder: envelope, state, size and start. What cannot be used is taken out and named. */
import { decodeTime } from 'ulid';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import type { FileContent, FoundMessage } from './message-store.ts';
import type { DamagedFile, Quarantine } from './quarantine.ts';
import { contentBytesOf, type FileStart, readFileStart } from './read-head.ts';
import type { SpoolPaths } from './spool-paths.ts';
import { decodeState, isAbout } from './state-file.ts';
import { causeText } from './storage-problem.ts';
import { subjectSearchBytes } from './subject.ts';
import type { DeliveryRecord } from './types.ts';

export interface FindOptions {
  readonly ports: Pick<Ports, 'disk' | 'log'>;
  readonly paths: SpoolPaths;
  readonly quarantine: Quarantine;
}

const headReadBytes = 65_536;

/** @throws what the disk throws. */
export async function readMessageFile(disk: Disk, path: string, id: MessageId): Promise<FileContent> {
  const start = await readFileStart(disk, path, { firstBytes: headReadBytes, arrivedAtMs: decodeTime(id) });
  if (start.head.kind === 'malformed') return start.head;
  const { envelope, contentOffsetBytes } = start.head;
  return {
    kind: 'message',
    envelope,
    contentBytes: await contentBytesOf(disk, path, start, contentOffsetBytes),
    contentStart: await contentStartOf(disk, path, start, contentOffsetBytes),
  };
}

/**
 * Never rejects.
 * @param damaged  Gets what was taken out of the folder, or left there because it could not be read.
 * @returns null when the message is gone or cannot be used.
 */
export async function findMessage(
  options: FindOptions,
  id: MessageId,
  { withState, damaged }: { readonly withState: boolean; readonly damaged: DamagedFile[] },
): Promise<FoundMessage | null> {
  const { ports, paths, quarantine } = options;
  const path = paths.message(id);
  try {
    const file = await readMessageFile(ports.disk, path, id);
    if (file.kind === 'malformed') {
      damaged.push(await quarantine.take(`${id}.eml`, `The message file cannot be read. ${file.reason}`));
      if (withState) damaged.push(await quarantine.take(`${id}.json`, 'Its message file is damaged.'));
      return null;
    }
    const { envelope, contentBytes, contentStart } = file;
    const addresses = envelope.recipients.map(({ address }) => address);
    const record = withState ? await readRecord(options, id, addresses, damaged) : null;
    return { id, envelope, record, contentBytes, contentStart };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      ports.log.warn('message file was taken away', { id });
      return null;
    }
    // Left where it is: nobody knows yet whether it is damaged, and without its state it could be sent twice.
    ports.log.error('message could not be read; it is left in the queue folder', error, { id, file: path });
    damaged.push({
      file: `${id}.eml`,
      reason: `It could not be read and is left in the queue folder: ${causeText(error)}`,
    });
    return null;
  }
}

/** @returns null for a message that starts anew, because its state cannot be used: better sent twice than lost. */
async function readRecord(
  { ports, paths, quarantine }: FindOptions,
  id: MessageId,
  addresses: readonly string[],
  damaged: DamagedFile[],
): Promise<DeliveryRecord | null> {
  const result = decodeState(await ports.disk.readFile(paths.state(id)));
  if (result.kind === 'state' && isAbout(result.state.record, addresses)) return result.state.record;
  const reason = result.kind === 'malformed' ? result.reason : 'The recipients are not those of the message file.';
  damaged.push(await quarantine.take(`${id}.json`, `${reason} The message is treated as new.`));
  return null;
}

async function contentStartOf(
  disk: Disk,
  path: string,
  { bytes, whole }: FileStart,
  contentOffsetBytes: number,
): Promise<Buffer> {
  const wantedBytes = contentOffsetBytes + subjectSearchBytes;
  const enough = whole || bytes.length >= wantedBytes ? bytes : await disk.readHead(path, wantedBytes);
  return enough.subarray(contentOffsetBytes, wantedBytes);
}
