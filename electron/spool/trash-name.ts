/** Names in the Trash folder. They carry the time of deletion, so that one rename deletes a message and says when. Pure. */
import type { EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { ownIdPattern } from './message-ids.ts';

export interface TrashedFile {
  readonly id: MessageId;
  readonly deletedAtMs: EpochMs;
}

/** '01JGFJJZ00ABCDEFGHJKMNPQRS.deleted-20300101T083000.250Z.eml': without colons, for Windows. */
export const trashName = ({ id, deletedAtMs }: TrashedFile): string =>
  `${id}.deleted-${new Date(deletedAtMs).toISOString().replace(/[-:]/g, '')}.eml`;

const ownName = new RegExp(
  `^(${ownIdPattern})\\.deleted-(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d\\.\\d{3}Z)\\.eml$`,
);

/** Undefined for a file that is not ours. */
export function parseTrashName(name: string): TrashedFile | undefined {
  const [, id, year, month, day, hour, minute, second] = ownName.exec(name) ?? [];
  if (id === undefined) return undefined;
  const deletedAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
  return Number.isNaN(deletedAtMs) ? undefined : { id, deletedAtMs };
}
