/** Failures of the disk with the old server's files, as sentences for the person at the console. */
import { ProblemError } from '../../shared/contract/problem.ts';
import { errorCode } from '../base/error-code.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'access was denied. Start the console or the prompt as administrator.',
  EPERM: 'access was denied. Start the console or the prompt as administrator.',
  ENOENT: 'it does not exist.',
  ENOTDIR: 'it does not exist.',
  EISDIR: 'it is a folder.',
  EBUSY: 'another program holds it open.',
  ENOSPC: 'the disk is full.',
  EXDEV: 'it is on another disk.',
};

export const reasonOf = (error: unknown): string =>
  reasons[errorCode(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));

/** @param what  What could not be done with it: 'be read'. */
export const fileProblem = (path: string, what: string, error: unknown): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError(
        {
          code: errorCode(error) === 'ENOENT' ? 'notFound' : 'storage',
          message: `${path} could not ${what}: ${reasonOf(error)}`,
          parameters: { path },
        },
        error,
      );
