/** Reads the start of a message file: as much as its head needs, seldom more than one read. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import type { Disk } from '../base/disk.ts';
import { decodeHead, type HeadResult, maxHeadBytes } from './message-file.ts';

export interface FileStart {
  readonly head: Exclude<HeadResult, { kind: 'incomplete' }>;
  readonly bytes: Buffer;
  /** True when `bytes` is the whole file. */
  readonly whole: boolean;
}

const growth = 8;

/** @throws what the disk throws. */
export async function readFileStart(
  disk: Disk,
  path: string,
  options: { readonly firstBytes: number; readonly arrivedAtMs: EpochMs },
): Promise<FileStart> {
  for (let limitBytes = options.firstBytes; ; limitBytes *= growth) {
    const bytes = await disk.readHead(path, limitBytes);
    const whole = bytes.length < limitBytes;
    const head = decodeHead({ bytes, whole, arrivedAtMs: options.arrivedAtMs });
    if (head.kind !== 'incomplete') return { head, bytes, whole };
    if (limitBytes >= maxHeadBytes) {
      return { head: { kind: 'malformed', reason: 'The head of the file does not end.' }, bytes, whole };
    }
  }
}

/** @returns the size of the message after its head. */
export async function contentBytesOf(
  disk: Disk,
  path: string,
  start: FileStart,
  contentOffsetBytes: number,
): Promise<number> {
  const fileBytes = start.whole ? start.bytes.length : await disk.sizeBytes(path);
  return fileBytes - contentOffsetBytes;
}
