/** Failures of the disk as sentences for people. */
import { ProblemError } from '../../shared/contract/problem.ts';
import { errorCode } from '../base/error-code.ts';

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the disk quota is used up. Free some space or raise the quota',
  EACCES: 'access was denied. Give the account of the relay full control of the folder',
  EPERM: 'access was denied. Give the account of the relay full control of the folder',
  EROFS: 'the disk is read-only. Make it writable',
  EIO: 'the disk reported an error. Check the disk',
  ENOENT: 'it does not exist',
  EBUSY: 'another program holds it open',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** 'the disk is full (ENOSPC). Free some space.' or, for a code we have no words for, what the system says. */
export function causeText(error: unknown): string {
  const code = errorCode(error);
  const known = code === undefined ? undefined : causes[code];
  if (code === undefined || known === undefined) return error instanceof Error ? error.message : String(error);
  const [cause = known, ...advice] = known.split('. ');
  return [`${cause} (${code})`, ...advice].map((sentence) => `${sentence}.`).join(' ');
}

/**
 * @param path  The file or folder at fault.
 * @param what  What could not be done with it, for example 'be written'.
 * @returns a problem with code 'storage'; a problem that is one already is passed on.
 */
export function storageProblem(path: string, what: string, error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const message = `${path} could not ${what}: ${causeText(error)}`;
  return new ProblemError({ code: 'storage', message: message.slice(0, 2_000) }, error);
}
