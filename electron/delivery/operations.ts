/** The operator's actions on messages, one or a hundred thousand: exact counts, bounded writes, and the event loop stays free. */
import type { BulkOutcome, MessageId } from '../../shared/contract/messages.ts';
import type { Log } from '../base/ports.ts';
import type { DeliveryRecord, QueueEntry, Spool } from '../spool/types.ts';
import { type Answer, bulk } from './bulk.ts';
import { noRetry, step, takenBack, wasGivenUp } from './lifecycle.ts';
import type { Serial } from './serial.ts';
import { isGone, type Settlement } from './settlement.ts';
import type { Delivery } from './types.ts';
import type { HeldPart } from './waiting-list.ts';

export interface OperationOptions {
  readonly spool: Spool;
  readonly log: Log;
  readonly serial: Serial;
  readonly settlement: Settlement;
  readonly isSending: (id: MessageId) => boolean;
  /** How many of the destinations a message waits for hold their mail, whether or not an operator released this one. */
  readonly heldByDomain: (entry: QueueEntry) => HeldPart;
  /** Makes a message due now, and its destinations be probed if they are down. */
  readonly dueNow: (entry: QueueEntry) => void;
  /** Tries again to complete the end of a message. Never throws. */
  readonly finish: (id: MessageId) => Promise<void>;
}

export type Operations = Pick<Delivery, 'retry' | 'hold' | 'release' | 'remove' | 'restore' | 'setRoute'>;

export function createOperations(options: OperationOptions): Operations {
  const { spool, serial, settlement, isSending, heldByDomain, dueNow, finish } = options;

  /** Runs `act` when the message's turn comes; what it throws is counted and logged. */
  const eachId = (
    ids: Iterable<MessageId>,
    name: string,
    act: (id: MessageId) => Promise<Answer>,
  ): Promise<BulkOutcome> =>
    bulk(ids, async (id) => {
      try {
        return await serial.run(id, () => act(id));
      } catch (error) {
        if (isGone(error)) return 'notFound';
        options.log.error(name, error, { id });
        return 'failed';
      }
    });

  /** Runs `act` on the message as it is then; nobody touches what is being sent. */
  const each = (
    ids: Iterable<MessageId>,
    name: string,
    act: (entry: QueueEntry) => Promise<Answer>,
  ): Promise<BulkOutcome> =>
    eachId(ids, name, async (id) => {
      const entry = spool.get(id);
      if (entry === undefined) return 'notFound';
      return isSending(id) ? 'beingSent' : await act(entry);
    });

  /** What of it is kept back until somebody releases it. */
  const keptBack = (entry: QueueEntry): HeldPart => {
    if (entry.record.held) return 'all';
    return entry.record.released === true ? 'none' : heldByDomain(entry);
  };

  const giveUpAndReport = async (entry: QueueEntry): Promise<void> => {
    // Given up on disk first: after a crash the report may come twice, but the mail is not sent any more.
    await settlement.store(entry, givenUp(entry.record));
    try {
      await settlement.finish(entry.id);
    } catch (error) {
      void finish(entry.id); // once this turn is over, and again until it succeeds
      throw error;
    }
  };

  return {
    retry: (ids) =>
      each(ids, 'retry', async (entry) => {
        if (isOver(entry.record)) void finish(entry.id);
        else if (keptBack(entry) === 'all') return 'alreadySo';
        else dueNow(entry);
        return 'changed';
      }),

    hold: (ids) =>
      each(ids, 'hold', async ({ id, record }) => {
        if (record.held || isOver(record)) return 'alreadySo';
        const { released, ...rest } = record;
        await spool.update(id, { ...rest, held: true });
        return 'changed';
      }),

    release: (ids) =>
      each(ids, 'release', async (entry) => {
        const { id, record } = entry;
        if (isOver(record) || keptBack(entry) === 'none') return 'alreadySo';
        await spool.update(id, {
          ...record,
          held: false,
          ...(heldByDomain(entry) === 'none' ? {} : { released: true }),
        });
        return 'changed';
      }),

    remove: (ids, { report }) =>
      each(ids, 'remove', async (entry) => {
        options.log.info('delete', { id: entry.id, report });
        if (report && entry.sender !== '') {
          await giveUpAndReport(entry);
        } else {
          await spool.discard(entry.id);
          settlement.forget(entry.id);
        }
        return 'changed';
      }),

    restore: (ids) =>
      eachId(ids, 'restore', async (id) => {
        if (spool.get(id) !== undefined) return 'alreadySo';
        let entry = await spool.restore(id);
        if (entry.record.recipients.some(wasGivenUp)) {
          try {
            entry = await spool.update(id, takenBackRecord(entry.record));
          } catch (error) {
            await spool.discard(id); // as it was: it must not be taken for one that failed
            throw error;
          }
        }
        options.log.info('restore', { id });
        if (isOver(entry.record)) void finish(id);
        else dueNow(entry);
        return 'changed';
      }),

    setRoute: (ids, smartHosts) =>
      each(ids, 'route', async ({ id, record }) => {
        const hosts = smartHosts ?? [];
        if (isOver(record) || isSameRoute(record.route ?? [], hosts)) return 'alreadySo';
        const { route, ...rest } = record;
        options.log.info('route', { id, smartHosts: hosts.join(', ') });
        dueNow(await spool.update(id, hosts.length === 0 ? rest : { ...rest, route: hosts }));
        return 'changed';
      }),
  };
}

const isOver = ({ recipients }: DeliveryRecord): boolean => recipients.every(({ state }) => state !== 'pending');

const isSameRoute = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((host, index) => host === b[index]);

const givenUp = (record: DeliveryRecord): DeliveryRecord => ({
  ...record,
  recipients: record.recipients.map((recipient) =>
    recipient.state === 'pending' ? step(recipient, { type: 'giveUp' }, noRetry) : recipient,
  ),
});

/** The sender was told about everybody who had failed, with the report about the deletion. */
const takenBackRecord = (record: DeliveryRecord): DeliveryRecord => ({
  ...record,
  failed: false,
  recipients: record.recipients.map(takenBack),
});
