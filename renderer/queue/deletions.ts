/** What was deleted here and can be taken back, the latest last. Pure. */
import type { TFunction } from 'i18next';
import type { ArgumentOf } from '../../shared/contract/calls.ts';
import type { BulkOutcome, QueueTarget } from '../../shared/contract/messages.ts';

type RestoreTarget = ArgumentOf<'trash.restore'>['target'];

export interface Deletion {
  readonly count: number;
  /** Of a filter the ids are not known: taking back means everything that can be taken back. */
  readonly reach: 'these' | 'everything';
  readonly targets: readonly RestoreTarget[];
}

/** Null when nothing was deleted. */
export function deletionOf(targets: readonly QueueTarget[], { changed }: BulkOutcome): Deletion | null {
  if (changed === 0) return null;
  const named = targets.flatMap((target) => ('ids' in target ? [{ ids: target.ids }] : []));
  return named.length === targets.length
    ? { count: changed, reach: 'these', targets: named }
    : { count: changed, reach: 'everything', targets: [{ all: true }] };
}

/** What is left once the latest one was taken back. */
export const withoutLatest = (deletions: readonly Deletion[]): readonly Deletion[] =>
  deletions.at(-1)?.reach === 'everything' ? [] : deletions.slice(0, -1);

/** '2 messages taken back, 1 could not be taken back'. Those that were skipped when deleting are not missed. */
export function restoredText(t: TFunction<'queue'>, { count }: Deletion, { changed }: BulkOutcome): string {
  const missing = count - changed;
  return [
    t('outcome.restore', { count: changed }),
    ...(missing > 0 ? [t('outcome.notRestored', { count: missing })] : []),
  ].join(', ');
}
