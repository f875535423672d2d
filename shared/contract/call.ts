import type * as z from 'zod';

/** One call of the contract: what goes in, what comes back. Both are checked at run time by whoever receives them. */
export interface CallDefinition<Argument extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  readonly argument: Argument;
  readonly answer: Answer;
}

export const call = <Argument extends z.ZodType, Answer extends z.ZodType>(
  argument: Argument,
  answer: Answer,
): CallDefinition<Argument, Answer> => ({ argument, answer });

/** The calls of one contract by name. */
export type CallTable = Readonly<Record<string, CallDefinition>>;

/** What the other side implements, one handler a call; a missing or misspelt one does not compile. */
export type HandlersOf<Table extends CallTable> = {
  readonly [Name in keyof Table]: (
    argument: z.output<Table[Name]['argument']>,
  ) => Promise<z.output<Table[Name]['answer']>>;
};
