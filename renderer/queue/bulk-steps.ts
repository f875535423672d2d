/**
 * Cuts an action on very many messages into steps, so that one sees how far it is and can stop it between two of them. Up to a
 * thousand messages are one step. Knows neither React nor how calls travel.
 */
import type { MessageId, QueueFilter, QueueTarget } from '../../shared/contract/messages.ts';
import type { ProgressControl } from '../app/ProgressBar.tsx';

export const messagesPerStep = 1_000;
const idsPerCall = 500;
/** Messages that leave while the list is read move others to places that were read already. */
const readings = 3;

/** One page of what a filter matches, the latest first. */
export type ListIds = (
  filter: QueueFilter,
  page: { readonly offset: number; readonly limit: number },
) => Promise<{ readonly revision: number; readonly total: number; readonly ids: readonly MessageId[] }>;

/** @throws the reason of `control.signal` once it is aborted. */
export async function stepsOf(
  target: QueueTarget,
  listIds: ListIds,
  control: ProgressControl,
): Promise<readonly QueueTarget[]> {
  if ('ids' in target) return target.ids.length <= messagesPerStep ? [target] : cut(target.ids);
  const { filter, except = [] } = target;
  const { total } = await listIds(filter, { offset: 0, limit: 1 });
  if (total <= messagesPerStep) return [target];
  const ids = await idsOf(filter, listIds, control);
  for (const id of except) ids.delete(id);
  return cut([...ids]);
}

const cut = (ids: readonly MessageId[]): readonly QueueTarget[] =>
  Array.from({ length: Math.ceil(ids.length / messagesPerStep) }, (_, step) => ({
    ids: ids.slice(step * messagesPerStep, (step + 1) * messagesPerStep),
  }));

async function idsOf(filter: QueueFilter, listIds: ListIds, control: ProgressControl): Promise<Set<MessageId>> {
  const found = new Set<MessageId>();
  for (let reading = 1; reading <= readings; reading += 1) {
    const known = found.size;
    const revisions = new Set<number>();
    for (let offset = 0; ; offset += idsPerCall) {
      const { revision, total, ids } = await listIds(filter, { offset, limit: idsPerCall });
      control.signal.throwIfAborted();
      revisions.add(revision);
      for (const id of ids) found.add(id);
      control.onProgress({ done: Math.min(offset + idsPerCall, total), total });
      if (ids.length === 0 || offset + idsPerCall >= total) break;
    }
    if (revisions.size === 1 || found.size === known) break;
  }
  return found;
}
