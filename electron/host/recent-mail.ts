/** The latest messages and what became of them, their end included. In memory only, and bounded: it is for somebody who looks on. */
import type { FollowedMail } from '../../shared/contract/followed-mail.ts';
import type { Attempt, EpochMs, MessageId } from '../../shared/contract/messages.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { Clock } from '../base/ports.ts';
import type { Delivery } from '../delivery/types.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';

export interface RecentMailOptions {
  readonly spool: Pick<Spool, 'get' | 'onChange' | 'trash' | 'badmail'>;
  /** Exists only once this does: it tells of its attempts. */
  readonly delivery: () => Pick<Delivery, 'view' | 'nextHopOf'>;
  readonly clock: Clock;
}

export interface RecentMail {
  attempted(id: MessageId, attempt: Attempt): void;
  /** @throws {ProblemError} 'notFound' when it is unknown or not among the latest. */
  follow(id: MessageId): Promise<FollowedMail>;
  close(): void;
}

interface Followed {
  /** As it was seen last. */
  entry: QueueEntry;
  readonly storedAtMs: EpochMs;
  readonly attempts: Attempt[];
  endedAtMs: EpochMs | null;
}

const maxMessages = 500;
const maxAttempts = 20;
const maxNamed = 100;
/** A message leaves the queue a moment before its last attempt is told of. */
const settlingMs = 5_000;

export function createRecentMail({ spool, delivery, clock }: RecentMailOptions): RecentMail {
  /** In the order they came. */
  const messages = new Map<MessageId, Followed>();

  const follow = (entry: QueueEntry): void => {
    const known = messages.get(entry.id);
    if (known !== undefined) {
      known.entry = entry;
      known.endedAtMs = null; // taken back from the trash
      return;
    }
    messages.set(entry.id, { entry, storedAtMs: clock.now(), attempts: [], endedAtMs: null });
    const [oldest] = messages.keys();
    if (messages.size > maxMessages && oldest !== undefined) messages.delete(oldest);
  };

  const stopListening = spool.onChange((change) => {
    if (change.type === 'removed') {
      const known = messages.get(change.id);
      if (known !== undefined) known.endedAtMs = clock.now();
      return;
    }
    const known = messages.get(change.entry.id);
    if (change.type === 'added') follow(change.entry);
    else if (known !== undefined) known.entry = change.entry;
  });

  const stateAfter = async ({ entry, attempts, endedAtMs }: Followed): Promise<FollowedMail['state']> => {
    const { id, record } = entry;
    const results = new Map(
      attempts.flatMap(({ outcomes }) => outcomes.map(({ recipient, result }) => [recipient, result] as const)),
    );
    const resultOf = (address: string, state: string): string => results.get(address) ?? state;
    const all = record.recipients.map(({ address, state }) => resultOf(address, state));
    if (all.every((result) => result === 'delivered')) return 'delivered';
    if (spool.trash.list().some((row) => row.id === id)) return 'deleted';
    if ((await spool.badmail.list()).some(({ name }) => name.startsWith(id))) return 'badmail';
    if (all.some((result) => result === 'failed')) return 'returned';
    return clock.now() - (endedAtMs ?? 0) < settlingMs ? 'sending' : 'deleted';
  };

  return {
    attempted(id, attempt) {
      const known = messages.get(id);
      if (known === undefined) return;
      known.attempts.push(attempt);
      if (known.attempts.length > maxAttempts) known.attempts.shift();
    },
    async follow(id) {
      const followed = messages.get(id);
      if (followed === undefined) {
        throw problem('notFound', `The message ${id} is not among the latest ${maxMessages} of this relay.`);
      }
      const { entry, storedAtMs } = followed;
      const { recipients } = entry.record;
      const queued = spool.get(id);
      const view = queued === undefined ? null : delivery().view(queued);
      const state = view === null ? await stateAfter(followed) : view.state;
      const isOver = view === null && state !== 'sending';
      const waiting = recipients.filter((recipient) => isOver || recipient.state === 'pending');
      return {
        id,
        state,
        receivedAtMs: entry.receivedAtMs,
        storedAtMs,
        recipients: recipients.slice(0, maxNamed).map(({ address }) => address),
        nextHops: [...new Set(waiting.slice(0, maxNamed).map(({ address }) => nextHopOf(entry, address)))],
        nextAttemptAtMs: view?.nextAttemptAtMs ?? null,
        attempts: [...followed.attempts],
        endedAtMs: isOver ? followed.endedAtMs : null,
      };
    },
    close: stopListening,
  };

  function nextHopOf({ record }: QueueEntry, address: string): string {
    return delivery().nextHopOf(address, record.route);
  }
}
