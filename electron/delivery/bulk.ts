/** The same action on many messages: a few at once, the event loop stays free, every answer is counted. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BulkOutcome, MessageId } from '../../shared/contract/messages.ts';

type SkipReason = BulkOutcome['skipped'][number]['reason'];
export type Answer = 'changed' | SkipReason;

/** Enough to share the flushes of a folder among them. */
const writesAtOnce = 16;
const messagesPerTurn = 200;

/** @param act  Must not throw. */
export async function bulk(ids: Iterable<MessageId>, act: (id: MessageId) => Promise<Answer>): Promise<BulkOutcome> {
  const counts = new Map<Answer, number>();
  const source = ids[Symbol.iterator]();
  let taken = 0;
  let pause: Promise<void> = Promise.resolve();
  const work = async (): Promise<void> => {
    for (let next = source.next(); next.done !== true; next = source.next()) {
      taken += 1;
      if (taken % messagesPerTurn === 0) pause = nextTurn();
      await pause; // all of them, or the others would keep the event loop busy
      const answer = await act(next.value);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: writesAtOnce }, work));
  const { changed = 0, ...skipped }: Partial<Record<Answer, number>> = Object.fromEntries(counts);
  return {
    changed,
    skipped: (Object.keys(skipped) as SkipReason[]).map((reason) => ({ reason, count: skipped[reason] ?? 0 })),
  };
}
