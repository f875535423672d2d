/** Mail that SMTPSVC left on disk: how much of it, and which files can be sent. Changes nothing. */
import { join } from 'node:path';
import type { WaitingMail } from '../../shared/contract/computer/iis-import-calls.ts';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import { maxPickupHeadBytes, readPickupFile } from '../spool/pickup-file.ts';
import { fileProblem, reasonOf } from './folder-problem.ts';

export interface MailFolder {
  readonly path: string;
  /**
   * 'queue': accepted mail. Its envelope is in an alternate stream of the file, in a form nobody describes, so that sender and
   * recipients are those of the header. 'pickup': as programs put it there.
   */
  readonly kind: 'queue' | 'pickup';
}

/** What a file is good for. */
export type FileVerdict =
  | {
      readonly kind: 'mail';
      readonly sizeBytes: number;
      readonly modifiedAtMs: number;
      /** Goes before the message. */
      readonly prefix: string;
    }
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'gone' };

const firstReadBytes = 65_536;
const maxNamed = 100;

/** Names of the files that are, or may be, mail. A folder that is not there has none. @throws {ProblemError} when it cannot be read. */
export async function mailFileNames(disk: Disk, { path, kind }: MailFolder): Promise<readonly string[]> {
  try {
    const entries = await disk.list(path);
    const isMail = kind === 'queue' ? /\.eml$/i : /^(?!\.)(?!.*\.tmp$)/i;
    return entries
      .filter(({ name, isFile }) => isFile && isMail.test(name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw fileProblem(path, 'be looked at', error);
  }
}

export async function judgeFile(disk: Disk, { path, kind }: MailFolder, name: string): Promise<FileVerdict> {
  const file = join(path, name);
  try {
    const sizeBytes = await disk.sizeBytes(file);
    const modifiedAtMs = await disk.modifiedAtMs(file);
    for (let limitBytes = firstReadBytes; ; limitBytes *= 8) {
      const bytes = await disk.readHead(file, limitBytes);
      const whole = bytes.length < limitBytes;
      const result = readPickupFile({ bytes, whole, hopLimit: null });
      if (result.kind === 'incomplete' && limitBytes < maxPickupHeadBytes) continue;
      if (result.kind === 'incomplete') return { kind: 'unusable', reason: 'Its header does not end.' };
      if (result.kind === 'malformed') return { kind: 'unusable', reason: result.reason };
      const isReport = result.fields.some(
        ({ name: field, raw }) => field === 'content-type' && /^content-type\s*:\s*multipart\/report\b/i.test(raw),
      );
      // A report has no sender (RFC 3464 section 2): with one, it would be answered by reports for ever.
      return { kind: 'mail', sizeBytes, modifiedAtMs, prefix: kind === 'queue' && isReport ? 'x-sender: <>\r\n' : '' };
    }
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { kind: 'gone' } : { kind: 'unusable', reason: reasonOf(error) };
  }
}

export async function countMail(disk: Disk, folder: MailFolder): Promise<WaitingMail> {
  const counts = { ready: 0, sizeBytes: 0, unusable: 0 };
  const unusableFiles: { name: string; reason: string }[] = [];
  const answer = (problem: string | null): WaitingMail => ({ folder: folder.path, ...counts, unusableFiles, problem });
  if (folder.path === '') return answer(null);
  try {
    for (const name of await mailFileNames(disk, folder)) {
      const verdict = await judgeFile(disk, folder, name);
      if (verdict.kind === 'mail') {
        counts.ready += 1;
        counts.sizeBytes += verdict.sizeBytes;
      } else if (verdict.kind === 'unusable') {
        counts.unusable += 1;
        if (unusableFiles.length < maxNamed) unusableFiles.push({ name, reason: verdict.reason });
      }
    }
    return answer(null);
  } catch (error) {
    return answer(reasonOf(error));
  }
}
