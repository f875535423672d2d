/** A message on its way as the steps a person sees. Pure. */
import type { TFunction } from 'i18next';
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import type { IconName } from '../app/icons.ts';
import type { QueueFormat } from '../queue/format.ts';

export interface MailStep {
  readonly id: string;
  readonly icon: IconName;
  readonly name: string;
  readonly text: string;
}

const ends = ['delivered', 'returned', 'badmail', 'deleted', 'failed'] as const;
type End = (typeof ends)[number];

const endOf = ({ state }: FollowedMail): End | undefined => ends.find((end) => end === state);

/** Nothing more comes. */
export const isOver = (mail: FollowedMail): boolean => mail.endedAtMs !== null;

const attemptIcon = { delivered: 'ok', retry: 'warning', failed: 'error' } as const;

export function mailSteps(
  t: TFunction<'checks'>,
  format: Pick<QueueFormat, 'dateTime' | 'relayText'>,
  mail: FollowedMail,
): readonly MailStep[] {
  const { receivedAtMs, storedAtMs, nextHops, attempts, state, nextAttemptAtMs, id } = mail;
  const name = (step: 'accepted' | 'stored' | 'routed' | 'attempt' | 'waiting' | 'end'): string =>
    t(`testMail.step.${step}`);
  const nextHop = nextHops.filter((one) => one !== '').join(', ');
  const end = endOf(mail);
  return [
    { id: 'accepted', icon: 'ok', name: name('accepted'), text: `${format.dateTime(receivedAtMs)}, ${id}` },
    { id: 'stored', icon: 'ok', name: name('stored'), text: t('testMail.after', { ms: storedAtMs - receivedAtMs }) },
    nextHop === ''
      ? { id: 'routed', icon: 'error', name: name('routed'), text: t('testMail.noNextHop') }
      : { id: 'routed', icon: 'ok', name: name('routed'), text: t('testMail.nextHop', { nextHop }) },
    ...attempts.flatMap(({ host, outcomes, startedAtMs }) =>
      outcomes.map(({ recipient, result, reply }): MailStep => {
        const text = t('testMail.attempt', { host: host ?? t('testMail.noHost'), reply: format.relayText(reply) });
        return { id: `attempt ${startedAtMs} ${recipient}`, icon: attemptIcon[result], name: name('attempt'), text };
      }),
    ),
    end === undefined
      ? { id: 'waiting', icon: 'note', name: name('waiting'), text: waitingText(t, format, state, nextAttemptAtMs) }
      : { id: 'end', icon: end === 'delivered' ? 'ok' : 'error', name: name('end'), text: t(`testMail.ended.${end}`) },
  ];
}

function waitingText(
  t: TFunction<'checks'>,
  format: Pick<QueueFormat, 'dateTime'>,
  state: FollowedMail['state'],
  nextAttemptAtMs: number | null,
): string {
  if (state === 'held') return t('testMail.held');
  if (nextAttemptAtMs === null || state !== 'retry') return t('testMail.connecting');
  return t('testMail.waits', { time: format.dateTime(nextAttemptAtMs) });
}
