/** What delivery offers to the host: a running scheduler, a view on why each message waits, and the operator's actions. */
import type { GatewayCheck } from '../../shared/contract/gateway.ts';
import type {
  BulkOutcome,
  DestinationRow,
  EpochMs,
  MessageId,
  QueueState,
  RouteExplanation,
} from '../../shared/contract/messages.ts';
import type { Session } from '../../shared/contract/servers.ts';
import type { QueueEntry } from '../spool/types.ts';

/** The changing part of a queue row, derived at the moment of asking. */
export interface DeliveryView {
  readonly state: QueueState;
  readonly nextHop: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly nextAttemptAtMs: EpochMs | null;
}

export interface UnreachableDestination {
  readonly nextHop: string;
  readonly sinceMs: EpochMs;
  readonly lastError: string;
  readonly nextProbeAtMs: EpochMs;
}

export interface DeliveryTotals {
  readonly delivered: number;
  readonly failed: number;
}

export interface Delivery {
  /** Begins to deliver what is due. */
  start(): void;
  /** Starts nothing new, lets conversations end (bounded), then resolves. What is unfinished stays queued. */
  stop(): Promise<void>;
  /** Settings were changed: routes, intervals and limits are read again for the next attempt. */
  settingsChanged(): void;

  view(entry: QueueEntry): DeliveryView;
  /**
   * Name of the next hop for one recipient address: its domain or the smart hosts in order.
   * @param ownHosts  Smart hosts of the message itself (`DeliveryRecord.route`).
   */
  nextHopOf(address: string, ownHosts?: readonly string[]): string;

  /** Due now, whatever the schedule says; a destination that is down is probed at once. */
  retry(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  hold(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  release(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  /** Into the trash. With `report`, each sender gets a non-delivery report first (status 4.3.2; never for a report itself). */
  remove(ids: Iterable<MessageId>, options: { readonly report: boolean }): Promise<BulkOutcome>;

  /** Back from the trash; recipients given up by the deletion wait again. */
  restore(ids: Iterable<MessageId>): Promise<BulkOutcome>;
  /** Other smart hosts for these messages alone; null: the usual route. They are due at once. */
  setRoute(ids: Iterable<MessageId>, smartHosts: readonly string[] | null): Promise<BulkOutcome>;

  /** Next hops with all that waits for them, the largest first. */
  destinations(): Promise<readonly DestinationRow[]>;
  /** Everything that waits for one next hop is due; a next hop that is down is probed at once. */
  retryDestination(nextHop: string): Promise<BulkOutcome>;
  /** @param id  With the route of this message, if it has one of its own. */
  explain(address: string, id?: MessageId): Promise<RouteExplanation>;
  /**
   * Talks to the hosts of a recipient's route, and takes it back before anything is sent. Beside the limits of delivery.
   * @param recipient  Null: the smart hosts of the server, without a recipient.
   */
  probe(recipient: string | null): Promise<GatewayCheck>;

  sessions(): readonly Session[];
  /** Cuts outbound connections by session id; all of them for null. @returns how many. Their mail is tried again. */
  terminate(ids: readonly string[] | null): number;
  unreachable(): readonly UnreachableDestination[];
  readonly totals: DeliveryTotals;
  /** Something that `view`, `sessions` or `unreachable` shows has changed without a change in the spool. */
  onChange(listener: () => void): () => void;
}
