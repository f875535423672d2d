/** Which messages a command is about: ids, a filter made of options, or the whole queue. */
import type { Command } from 'commander';
import type { EpochMs, QueueFilter, QueueState } from '../../shared/contract/messages.ts';
import { collectState, parseAgeMs, parseBytes } from './argument-parsers.ts';

export interface FilterOptions {
  readonly state?: readonly QueueState[];
  readonly search?: string;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly error?: string;
  readonly nextHop?: string;
  readonly olderThan?: number;
  readonly newerThan?: number;
  readonly largerThan?: number;
}

export interface SelectionOptions extends FilterOptions {
  readonly all?: true;
}

export type Selection = { readonly ids: readonly string[] } | { readonly filter: QueueFilter };

/** Several options narrow the list: a message has to fit all of them. */
export const addFilterOptions = (command: Command): Command =>
  command
    .option('--state <state>', 'only messages in this state; may be given several times', collectState)
    .option('--search <text>', 'only messages with every word of the text in an address, the subject or the error')
    .option('--from <text>', 'only messages whose sender contains the text')
    .option('--to <text>', 'only messages with a recipient that contains the text')
    .option('--subject <text>', 'only messages whose subject contains the text')
    .option('--error <text>', 'only messages whose last error contains the text')
    .option('--next-hop <name>', 'only messages that wait for this next hop, by its whole name')
    .option('--older-than <age>', 'only messages received longer ago, such as 30m, 4h or 2d', parseAgeMs)
    .option('--newer-than <age>', 'only messages received more recently', parseAgeMs)
    .option('--larger-than <size>', 'only messages larger than this, such as 512KB or 10MB', parseBytes);

export const addSelection = (command: Command): Command =>
  addFilterOptions(command.argument('[ids...]', 'the messages').option('--all', 'every message of the queue'));

export function filterOf(options: FilterOptions, nowMs: EpochMs): QueueFilter {
  const { state, search, from, to, subject, error, nextHop, olderThan, newerThan, largerThan } = options;
  return withoutUndefined({
    states: state === undefined ? undefined : [...new Set(state)],
    search,
    sender: from,
    recipient: to,
    subject,
    lastError: error,
    nextHop,
    receivedBeforeMs: olderThan === undefined ? undefined : Math.max(nowMs - olderThan, 0),
    receivedAfterMs: newerThan === undefined ? undefined : Math.max(nowMs - newerThan, 0),
    largerThanBytes: largerThan,
  });
}

/** Exactly one of the three ways: an action must not reach further than somebody thought. */
export function selectionOf(
  command: Command,
  ids: readonly string[],
  options: SelectionOptions,
  nowMs: EpochMs,
): Selection {
  const filter = filterOf(options, nowMs);
  const ways = [ids.length > 0, Object.keys(filter).length > 0, options.all === true];
  if (ways.filter(Boolean).length !== 1) {
    command.error('error: name messages by their ids, choose them with options such as --from, or take all with --all');
  }
  return ids.length > 0 ? { ids } : { filter };
}

type Undefinable<Shape> = { [Key in keyof Shape]: Shape[Key] | undefined };

const withoutUndefined = (filter: Undefinable<Required<QueueFilter>>): QueueFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as QueueFilter;
