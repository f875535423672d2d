import { type MessageId, messageIdSchema, type ServerId } from '../../shared/contract/messages.ts';
import { type ProblemError, problem } from '../../shared/contract/problem.ts';
import { oneLine } from './output.ts';

/** @throws {ProblemError} 'notFound' for a text that cannot be the id of a message. */
export function messageIdOf(text: string, serverId: ServerId): MessageId {
  const id = text.toUpperCase();
  if (messageIdSchema.safeParse(id).success) return id;
  throw unknownMessages([text], serverId);
}

export const unknownMessages = (ids: readonly string[], serverId: ServerId): ProblemError => {
  const names = ids.slice(0, 20).map((id) => oneLine(id).slice(0, 60));
  const more = ids.length > names.length ? ` and ${ids.length - names.length} more` : '';
  return problem(
    'notFound',
    ids.length === 1
      ? `There is no message ${names.join('')} in the queue of server ${serverId}.`
      : `These messages are not in the queue of server ${serverId}: ${names.join(', ')}${more}.`,
  );
};
