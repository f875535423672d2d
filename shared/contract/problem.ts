import * as z from 'zod';

/** Why a call was refused. Stable words: the console translates by code, scripts test for it. */
export const problemCodes = [
  'badArgument', // the argument does not fit the contract
  'unknownCall',
  'invalidSetting', // `field` names the setting
  'unknownSetting',
  'conflict', // the settings were changed by somebody else meanwhile
  'notFound',
  'notPossible', // right request, wrong moment; the message says why
  'addressInUse',
  'addressNotAvailable',
  'portNotAllowed',
  'storage', // disk full, no rights, unreadable
  'disconnected', // made by the client when the connection goes away
  'internal', // our fault; details are in the log, never in the answer
] as const;

export const problemSchema = z.object({
  code: z.enum(problemCodes),
  /** One or two plain English sentences: what happened, to which file, field or server, what to do. */
  message: z.string().max(2_000),
  /** The setting or argument at fault, if there is one. */
  field: z.string().max(200).optional(),
  /** Values inside the message, for translated texts. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export type Problem = z.infer<typeof problemSchema>;
export type ProblemCode = Problem['code'];

/** A refusal that people may read. Everything else that is thrown is a bug and travels as 'internal'. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem.message, cause === undefined ? undefined : { cause });
    this.problem = problem;
  }
}

/** Shorthand for the common case: a code and a sentence. */
export const problem = (
  code: ProblemCode,
  message: string,
  more: Omit<Problem, 'code' | 'message'> = {},
): ProblemError => new ProblemError({ code, message, ...more });
