/** Parsers for commander: a text that does not fit is a usage error. */
import { InvalidArgumentError } from 'commander';
import { type QueueState, queueStates, type ServerId, serverIdSchema } from '../../shared/contract/messages.ts';

/** An empty text would mean the current folder: seldom meant, and a bad place for mail. */
export function parseFolder(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It takes the path of a folder.');
}

export function parseServerId(text: string): ServerId {
  if (serverIdSchema.safeParse(text).success) return text;
  throw new InvalidArgumentError('A virtual server is named by its number, 1 to 9999.');
}

export const parseWhole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
  };

/** For an option that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export function collectState(text: string, before: readonly QueueState[] = []): readonly QueueState[] {
  const state = queueStates.find((name) => name === text.toLowerCase());
  if (state !== undefined) return [...before, state];
  throw new InvalidArgumentError(`The states are ${queueStates.join(', ')}.`);
}
