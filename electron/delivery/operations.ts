/** The operator's actions on messages, one or a hundred thousand: exact counts, bounded writes, and the event loop stays free. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BulkOutcome, Failure, MessageId } from '../../shared/contract/messages.ts';
import type { Log } from '../base/ports.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';
import { permanentFailure } from './failure.ts';
import { step } from './lifecycle.ts';
import type { Serial } from './serial.ts';
import { isGone, type Settlement } from './settlement.ts';

type SkipReason = BulkOutcome['skipped'][number]['reason'];
type Answer = 'changed' | SkipReason;

export interface OperationOptions {
  readonly spool: Spool;
  readonly log: Log;
  readonly serial: Serial;
  readonly settlement: Settlement;
  readonly isSending: (id: MessageId) => boolean;
  /** Makes a message due now, and its destinations be probed if they are down. */
  readonly dueNow: (entry: QueueEntry) => void;
  /** Tries again to complete the end of a message. */
  readonly finish: (id: MessageId) => Promise<void>;
}

export interface Operations {
  retry(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  hold(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  release(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  remove(ids: Iterable<MessageId>, options: { readonly report: boolean }): Promise<BulkOutcome>;
}

/** Enough to share the flushes of a folder among them. */
const writesAtOnce = 16;
const messagesPerTurn = 200;

const deletedByAdministrator: Failure = permanentFailure(
  'local',
  '4.3.2',
  'The message was deleted by the administrator.',
);

export function createOperations(options: OperationOptions): Operations {
  const { spool, serial, settlement, isSending, dueNow, finish } = options;

  /** Runs `act` on the message as it is when its turn comes. */
  const each = (
    ids: Iterable<MessageId>,
    name: string,
    act: (entry: QueueEntry) => Promise<Answer>,
  ): Promise<BulkOutcome> =>
    bulk(ids, async (id) => {
      try {
        return await serial.run(id, async () => {
          const entry = spool.get(id);
          if (entry === undefined) return 'notFound';
          return isSending(id) ? 'beingSent' : await act(entry);
        });
      } catch (error) {
        if (isGone(error)) return 'notFound';
        options.log.error(name, error, { id });
        return 'failed';
      }
    });

  const setHeld = (ids: Iterable<MessageId>, held: boolean): Promise<BulkOutcome> =>
    each(ids, held ? 'hold' : 'release', async (entry) => {
      if (entry.record.held === held || isOver(entry)) return 'alreadySo';
      await spool.update(entry.id, { ...entry.record, held });
      return 'changed';
    });

  return {
    retry: (ids) =>
      each(ids, 'retry', async (entry) => {
        if (isOver(entry)) void finish(entry.id);
        else if (entry.record.held) return 'alreadySo';
        else dueNow(entry);
        return 'changed';
      }),
    hold: (ids) => setHeld(ids, true),
    release: (ids) => setHeld(ids, false),
    remove: (ids, { report }) =>
      each(ids, 'remove', async (entry) => {
        options.log.info('delete', { id: entry.id, report });
        if (report && entry.sender !== '') {
          // Given up on disk first: after a crash the report may come twice, but the mail is not sent any more.
          await settlement.store(entry, givenUp(entry));
          await settlement.finish(entry.id);
        } else {
          await spool.remove(entry.id);
          settlement.forget(entry.id);
        }
        return 'changed';
      }),
  };
}

const isOver = (entry: QueueEntry): boolean => entry.record.recipients.every(({ state }) => state !== 'pending');

const givenUp = ({ record }: QueueEntry): QueueEntry['record'] => ({
  ...record,
  recipients: record.recipients.map((recipient) =>
    recipient.state === 'pending'
      ? step(recipient, { type: 'giveUp', failure: deletedByAdministrator }, noPolicy)
      : recipient,
  ),
});

const noPolicy = { retryDelayMs: () => 0, expiresAtMs: 0 };

async function bulk(ids: Iterable<MessageId>, act: (id: MessageId) => Promise<Answer>): Promise<BulkOutcome> {
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
