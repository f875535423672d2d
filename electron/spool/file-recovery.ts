/** Start-up: what earlier runs left in the queue folder becomes the queue again, and what can't is named. */
import { join } from 'node:path';
import { decodeTime } from 'ulid';
import type { MessageId } from '../../shared/contract/messages.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import type { FoundMessage } from './message-store.ts';
import type { DamagedFile, Quarantine } from './quarantine.ts';
import { contentBytesOf, type FileStart, readFileStart } from './read-head.ts';
import type { QueueListing, SpoolPaths } from './spool-paths.ts';
import { decodeState, isAbout } from './state-file.ts';
import { causeText } from './storage-problem.ts';
import { subjectSearchBytes } from './subject.ts';
import type { DeliveryRecord, RecoveryReport } from './types.ts';

export interface RecoveryOptions {
  readonly ports: Pick<Ports, 'disk' | 'log'>;
  readonly paths: SpoolPaths;
  readonly quarantine: Quarantine;
  /** The folder as it was before this run wrote to it. */
  readonly listing: QueueListing;
  readonly flushQueue: () => Promise<void>;
}

/** Reads under way at once: enough to keep a disk busy, few enough to leave new mail its turn. */
const readers = 16;
const headReadBytes = 65_536;
const foreignNamesLogged = 5;

/** Never rejects. See `recover` of the message store. */
export async function recoverQueue(
  options: RecoveryOptions,
  found: (message: FoundMessage) => void,
  signal: AbortSignal,
): Promise<RecoveryReport> {
  const { listing, ports } = options;
  const sweptFiles = await sweep(options);
  reportForeign(options);
  const damaged: DamagedFile[] = [];
  let messages = 0;
  const remaining = listing.messages.values();
  const readMessages = async (): Promise<void> => {
    for (const id of remaining) {
      if (signal.aborted) return;
      if (await recoverMessage(options, id, found, damaged)) messages += 1;
    }
  };
  await Promise.all(Array.from({ length: readers }, readMessages));
  try {
    await options.flushQueue();
  } catch (error) {
    ports.log.error('queue folder could not be flushed after recovery', error, { folder: options.paths.queue });
  }
  ports.log.info('recovery', { messages, sweptFiles, damagedFiles: damaged.length, ended: !signal.aborted });
  return { messages, sweptFiles, damaged };
}

/** Unfinished files were never acknowledged; a state without its message has nothing to say any more. */
async function sweep({ ports, paths, listing }: RecoveryOptions): Promise<number> {
  const remove = async (file: string): Promise<boolean> => {
    try {
      await ports.disk.remove(file);
    } catch (error) {
      ports.log.error('unfinished file could not be removed', error, { file });
      return false;
    }
    ports.log.info('swept file', { file });
    return true;
  };
  for (const id of listing.orphans) await remove(paths.state(id));
  let swept = 0;
  for (const name of listing.unfinished) if (await remove(join(paths.queue, name))) swept += 1;
  return swept;
}

function reportForeign({ ports, paths, listing: { foreign } }: RecoveryOptions): void {
  if (foreign.length === 0) return;
  ports.log.warn('files in the queue folder that are not ours are left alone', {
    folder: paths.queue,
    count: foreign.length,
    names: foreign.slice(0, foreignNamesLogged).join(', '),
  });
}

async function recoverMessage(
  options: RecoveryOptions,
  id: MessageId,
  found: (message: FoundMessage) => void,
  damaged: DamagedFile[],
): Promise<boolean> {
  const { ports, paths, quarantine, listing } = options;
  const path = paths.message(id);
  try {
    const start = await readFileStart(ports.disk, path, { firstBytes: headReadBytes, arrivedAtMs: decodeTime(id) });
    if (start.head.kind === 'malformed') {
      const reason = `The message file cannot be read. ${start.head.reason}`;
      damaged.push(await quarantine.take(`${id}.eml`, reason));
      if (listing.states.has(id)) damaged.push(await quarantine.take(`${id}.json`, 'Its message file is damaged.'));
      return false;
    }
    const { envelope, contentOffsetBytes } = start.head;
    const addresses = envelope.recipients.map(({ address }) => address);
    found({
      id,
      envelope,
      record: listing.states.has(id) ? await recoverRecord(options, id, addresses, damaged) : null,
      contentBytes: await contentBytesOf(ports.disk, path, start, contentOffsetBytes),
      contentStart: await contentStartOf(options, path, start, contentOffsetBytes),
    });
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      ports.log.warn('message file was taken away during recovery', { id });
      return false;
    }
    // Left where it is: nobody knows yet whether it is damaged, and without its state it could be sent twice.
    ports.log.error('message could not be read; it is left in the queue folder', error, { id, file: path });
    damaged.push({
      file: `${id}.eml`,
      reason: `It could not be read and is left in the queue folder: ${causeText(error)}`,
    });
    return false;
  }
}

/** @returns null for a message that starts anew, because its state cannot be used: better sent twice than lost. */
async function recoverRecord(
  { ports, paths, quarantine }: RecoveryOptions,
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
  { ports }: RecoveryOptions,
  path: string,
  { bytes, whole }: FileStart,
  contentOffsetBytes: number,
): Promise<Buffer> {
  const wantedBytes = contentOffsetBytes + subjectSearchBytes;
  const enough = whole || bytes.length >= wantedBytes ? bytes : await ports.disk.readHead(path, wantedBytes);
  return enough.subarray(contentOffsetBytes, wantedBytes);
}
