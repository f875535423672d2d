/** The queue as consoles see it: filtered, sorted, a page at a time. Made for 100,000 messages. */
import { setImmediate } from 'node:timers/promises';
import type { AnswerOf, ParsedArgumentOf } from '../../shared/contract/calls.ts';
import type { MessageId, QueueRow, QueueTarget } from '../../shared/contract/messages.ts';
import { queueStates } from '../../shared/contract/messages.ts';
import type { QueueCounts } from '../../shared/contract/servers.ts';
import type { Clock } from '../base/ports.ts';
import type { Delivery, DeliveryView } from '../delivery/types.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';
import { compareRows, queueRow, rowTest, type SortedRow, sortKeyOf } from './queue-row.ts';
import { createRevisionCache } from './revision-cache.ts';
import { mapInSlices, type Pause, sortInSlices } from './slices.ts';

export type QueueQuery = Omit<ParsedArgumentOf<'queue.list'>, 'serverId'>;
type QueuePage = AnswerOf<'queue.list'>;
type StateCounts = Omit<QueueCounts, 'badmail' | 'trash'>;

export interface QueueDeskOptions {
  readonly spool: Pick<Spool, 'entries' | 'get' | 'size' | 'revision' | 'recovering'>;
  readonly delivery: Pick<Delivery, 'view'>;
  readonly clock: Clock;
  /** A page was outdated when it was given; a better one is to be had now. */
  readonly onOutdated: () => void;
  readonly pause?: Pause;
}

export interface QueueDesk {
  /** Grows with every change of the queue or of what delivery says about it. */
  readonly revision: number;
  /** Delivery's view of messages has changed. */
  viewChanged(): void;
  list(query: QueueQuery): Promise<QueuePage>;
  row(entry: QueueEntry): QueueRow;
  /** The messages that an action is meant for, as they are at this moment. */
  select(target: QueueTarget): Promise<readonly MessageId[]>;
  counts(): Promise<StateCounts>;
  close(): void;
}

/** From here on, sorting for every change would be felt. */
const longQueue = 5_000;
/** Collecting entries is next to no work for each. */
const arrivalSlice = 5_000;

export function createQueueDesk(options: QueueDeskOptions): QueueDesk {
  const { spool, delivery, clock, onOutdated, pause = () => setImmediate() } = options;
  const cache = createRevisionCache({ clock, mayReuse: () => spool.size >= longQueue, onOutdated });
  const view = (entry: QueueEntry): DeliveryView => delivery.view(entry);
  let views = 0;
  const spoolRevision = (): number => spool.revision;
  const revision = (): number => spool.revision + views;

  /** What delivery does to a message does not change its place. */
  const arrivals = async (by: 'id' | 'receivedAtMs'): Promise<readonly MessageId[]> => {
    const entries = await mapInSlices(spool.entries(), (entry) => entry, pause, arrivalSlice);
    // Nearly sorted already, which costs one pass. Ids follow arrival even when the computer's clock is set back; times do not.
    if (by === 'receivedAtMs') entries.sort((a, b) => a.receivedAtMs - b.receivedAtMs);
    return entries.map(({ id }) => id);
  };

  const selected = async ({ filter, sort }: Pick<QueueQuery, 'filter' | 'sort'>): Promise<readonly MessageId[]> => {
    const passes = rowTest(filter, view);
    const rows = await mapInSlices(
      spool.entries(),
      (entry): SortedRow | undefined => {
        const seen = view(entry);
        if (passes !== null && !passes(entry, seen)) return undefined;
        return { id: entry.id, key: sortKeyOf(queueRow(entry, seen), sort.by) };
      },
      pause,
    );
    return (await sortInSlices(rows, compareRows(sort.descending), pause)).map(({ id }) => id);
  };

  const byArrival = ({ filter, sort }: QueueQuery): 'id' | 'receivedAtMs' | null =>
    (sort.by === 'receivedAtMs' || sort.by === 'id') && rowTest(filter, view) === null ? sort.by : null;

  const row = (entry: QueueEntry): QueueRow => queueRow(entry, view(entry));

  const pageOf = (ids: readonly MessageId[], { offset, limit, sort }: QueueQuery, reversed: boolean): QueueRow[] => {
    const place = (at: number): number => (reversed && sort.descending ? ids.length - 1 - at : at);
    return Array.from({ length: Math.max(0, Math.min(limit, ids.length - offset)) }, (_, at) => ids[place(offset + at)])
      .map((id) => (id === undefined ? undefined : spool.get(id)))
      .filter((entry) => entry !== undefined) // removed since the order was made
      .map(row);
  };

  const count = async (): Promise<StateCounts> => {
    const states = Object.fromEntries(queueStates.map((state) => [state, 0])) as Record<QueueRow['state'], number>;
    let oldestReceivedAtMs: number | null = null;
    let oldestWaitingAtMs: number | null = null;
    await mapInSlices(
      spool.entries(),
      (entry) => {
        const { state } = view(entry);
        states[state] += 1;
        oldestReceivedAtMs = Math.min(oldestReceivedAtMs ?? entry.receivedAtMs, entry.receivedAtMs);
        if (state === 'held') return;
        oldestWaitingAtMs = Math.min(oldestWaitingAtMs ?? entry.receivedAtMs, entry.receivedAtMs);
      },
      pause,
    );
    const total = queueStates.reduce((sum, state) => sum + states[state], 0);
    return { total, ...states, oldestReceivedAtMs, oldestWaitingAtMs };
  };

  return {
    get revision() {
      return revision();
    },
    viewChanged() {
      views += 1;
    },
    async list(query) {
      const arrival = byArrival(query);
      const { value: ids, revision: madeFrom } =
        arrival !== null
          ? await cache.get(arrival, spoolRevision, () => arrivals(arrival))
          : await cache.get(JSON.stringify([query.filter, query.sort]), revision, () => selected(query));
      return {
        revision: arrival === null ? madeFrom : madeFrom + views,
        total: ids.length,
        queueTotal: spool.size,
        recovering: spool.recovering,
        rows: pageOf(ids, query, arrival !== null),
      };
    },
    row,
    async select(target) {
      if ('ids' in target) return [...new Set(target.ids)];
      const except = new Set(target.except);
      const passes = rowTest(target.filter, view);
      return await mapInSlices(
        spool.entries(),
        (entry) => (!except.has(entry.id) && (passes === null || passes(entry, view(entry))) ? entry.id : undefined),
        pause,
      );
    },
    counts: async () => (await cache.get('counts', revision, count)).value,
    close: () => cache.close(),
  };
}
