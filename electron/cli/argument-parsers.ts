/** Parsers for commander: a text that does not fit is a usage error. */
import { InvalidArgumentError } from 'commander';
import { type QueueState, queueStates, type ServerId, serverIdSchema } from '../../shared/contract/messages.ts';
import { isIpAddress } from '../../shared/settings/address.ts';
import { parseDurationS, parseSizeBytes } from '../../shared/settings/amount.ts';

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

/** @returns milliseconds. */
export function parseAgeMs(text: string): number {
  const ageS = parseDurationS(text);
  if (ageS !== null) return ageS * 1_000;
  throw new InvalidArgumentError('It takes an age such as 30m, 4h or 2d.');
}

export function parseBytes(text: string): number {
  const bytes = parseSizeBytes(text);
  if (bytes !== null) return bytes;
  throw new InvalidArgumentError('It takes a size such as 512KB or 10MB.');
}

export function parseIpAddress(text: string): string {
  if (isIpAddress(text)) return text;
  throw new InvalidArgumentError('It takes an IP address.');
}

/** For an option that may be given several times. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];

export function collectState(text: string, before: readonly QueueState[] = []): readonly QueueState[] {
  const state = queueStates.find((name) => name === text.toLowerCase());
  if (state !== undefined) return [...before, state];
  throw new InvalidArgumentError(`The states are ${queueStates.join(', ')}.`);
}
