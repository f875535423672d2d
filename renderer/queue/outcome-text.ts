import type { TFunction } from 'i18next';
import type { BulkOutcome } from '../../shared/contract/messages.ts';

export type BulkAction = 'retry' | 'hold' | 'release' | 'delete' | 'setRoute';

/** '12 messages held, 1 skipped: being sent'. Pure. */
export function outcomeText(t: TFunction<'queue'>, action: BulkAction, { changed, skipped }: BulkOutcome): string {
  const parts = skipped
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => t('outcome.skipped', { count, reason: t(`outcome.${reason}`) }));
  return [t(`outcome.${action}`, { count: changed }), ...parts].join(', ');
}
