/** Programs of the operating system, as one port: a whole path and a list of arguments, never a line for a shell. */
import { execFile } from 'node:child_process';
import { problem } from '../../shared/contract/problem.ts';

export interface Command {
  /** Absolute: a program of the same name in the current folder must not be taken. */
  readonly file: string;
  readonly args: readonly string[];
  /** On top of our own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Without it, ours. */
  readonly workingFolder?: string;
  /** Without it, a minute. */
  readonly limitMs?: number;
}

export interface CommandResult {
  readonly exitCode: number;
  /** Bytes as Latin-1: Windows writes the code page of the console, and only its digits are ever read. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandRunner {
  /**
   * An exit code is an answer, not an error.
   * @throws {ProblemError} 'notPossible' when the program can't be started or was ended after its limit.
   */
  run(command: Command): Promise<CommandResult>;
}

const defaultLimitMs = 60_000;
const maxOutputBytes = 1_048_576;

export const nodeCommandRunner: CommandRunner = {
  run: ({ file, args, environment, workingFolder, limitMs = defaultLimitMs }) =>
    new Promise((resolve, reject) => {
      execFile(
        file,
        [...args],
        {
          encoding: 'latin1',
          ...(workingFolder === undefined ? {} : { cwd: workingFolder }),
          env: { ...process.env, ...environment },
          maxBuffer: maxOutputBytes,
          timeout: limitMs,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          if (error === null) resolve({ exitCode: 0, stdout, stderr });
          else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout, stderr });
          else reject(problem('notPossible', `${file} could not be run: ${reasonOf(error, limitMs)}.`));
        },
      );
    }),
};

const reasonOf = (error: Error & { readonly killed?: boolean | undefined }, limitMs: number): string =>
  error.killed === true ? `no answer within ${limitMs / 1_000} seconds` : error.message;
