/** A message on its way, line by line; a line that was printed never changes. Pure. */
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import { checks } from '../../shared/texts/en/checks.ts';
import { formatTime } from './formats.ts';
import { oneLine } from './output.ts';

const words = checks.testMail;

export const isOver = ({ endedAtMs, state }: FollowedMail): boolean => endedAtMs !== null || state === 'failed';

/** @param isEnd  Nobody looks any longer: say how it stands. */
export function followedLines(mail: FollowedMail, isEnd: boolean): readonly string[] {
  const { id, state, receivedAtMs, storedAtMs, nextHops, nextAttemptAtMs, attempts } = mail;
  const line = (name: string, text: string): string => `${`${name}:`.padEnd(18)} ${oneLine(text)}\n`;
  const nextHop = nextHops.filter((name) => name !== '').join(', ');
  const lines = [
    line(words.step.accepted, `${id}, ${formatTime(receivedAtMs)}`),
    line(words.step.stored, `${storedAtMs - receivedAtMs} ms later`),
    line(words.step.routed, nextHop === '' ? words.noNextHop : `to ${nextHop}`),
    ...attempts.flatMap(({ host, outcomes, startedAtMs, endedAtMs }) =>
      outcomes.map(({ result, reply }) =>
        line(words.step.attempt, `${result} after ${endedAtMs - startedAtMs} ms, ${host ?? words.noHost}: ${reply}`),
      ),
    ),
  ];
  if (!isEnd) return lines;
  switch (state) {
    case 'delivered':
    case 'returned':
    case 'badmail':
    case 'deleted':
    case 'failed':
      return [...lines, line(words.step.end, words.ended[state])];
    case 'held':
      return [...lines, line(words.step.waiting, words.held)];
    default:
      return [
        ...lines,
        line(
          words.step.waiting,
          nextAttemptAtMs === null ? words.connecting : `next attempt ${formatTime(nextAttemptAtMs)}`,
        ),
      ];
  }
}
