/** What the list and the dialogs say about a message in Badmail. Pure. */
import type { TFunction } from 'i18next';
import type { BadmailRow, BulkOutcome } from '../../shared/contract/messages.ts';

type BadmailT = TFunction<'badmail'>;

export const senderText = (t: BadmailT, { sender }: Pick<BadmailRow, 'sender'>): string =>
  sender === '' ? t('nullSender') : sender;

export const recipientText = (
  t: BadmailT,
  { recipient, recipientCount }: Pick<BadmailRow, 'recipient' | 'recipientCount'>,
): string => {
  if (recipient === '') return t('unknown');
  return recipientCount > 1 ? t('more', { first: recipient, count: recipientCount - 1 }) : recipient;
};

export const subjectText = (t: BadmailT, { subject }: Pick<BadmailRow, 'subject'>): string =>
  subject === '' ? t('noSubject') : subject;

export type BadmailAction = 'resubmit' | 'delete';

/** '2 messages put into the queue, 1 skipped: no longer in the folder' */
export const outcomeText = (t: BadmailT, action: BadmailAction, { changed, skipped }: BulkOutcome): string =>
  [
    t(`outcome.${action}`, { count: changed }),
    ...skipped.map(({ reason, count }) => t('outcome.skipped', { count, reason: t(`outcome.${reason}`) })),
  ].join(', ');

/** '3 messages', or how many of them the list shows. */
export const countText = (t: BadmailT, shown: number, total: number): string =>
  shown < total ? t('newestOf', { count: shown, total }) : t('count', { count: total });
