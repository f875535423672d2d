/** Delivery of one virtual server: composes routes, schedule, conversations and bookkeeping over the spool. */
import type { Attempt, MessageId } from '../../shared/contract/messages.ts';
import { outboundSecret, type SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { ProtocolLog } from '../logging/types.ts';
import type { DropFolder, QueueEntry, Spool } from '../spool/types.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { Way } from './destination.ts';
import { DestinationList } from './destination-list.ts';
import { Destinations } from './destinations.ts';
import { Dispatcher } from './dispatcher.ts';
import { IntakePriority } from './intake-priority.ts';
import { LateMail } from './late-mail.ts';
import { createOperations } from './operations.ts';
import { OutageMemory } from './outage-memory.ts';
import { conversationTimeouts, transactionOptions } from './outbound-limits.ts';
import { ownName } from './own-name.ts';
import { Placement } from './placement.ts';
import { Plan } from './plan.ts';
import { createQuestions } from './questions.ts';
import { Reporter } from './reporter.ts';
import { retryDestination } from './retry-destination.ts';
import { createRoutes, type Routes } from './routes.ts';
import type { RetryIntervals } from './schedule.ts';
import { SendingMarks } from './sending-marks.ts';
import { Serial } from './serial.ts';
import { Settlement } from './settlement.ts';
import { SpoolScan } from './spool-scan.ts';
import { threadLoad } from './thread-load.ts';
import { TokenCache } from './token-cache.ts';
import { TrustStore } from './trust-store.ts';
import type { Delivery } from './types.ts';
import { type ViewSources, viewOf } from './view.ts';
import { heldByDomain, isHeldShare, sharesOf, WaitingList } from './waiting-list.ts';

export interface DeliveryOptions {
  readonly spool: Spool;
  /** The settings in force at this moment. */
  readonly settings: () => ServerSettings;
  /** Null when it is not set. */
  readonly secret: (name: SecretName) => string | null;
  readonly ports: Ports;
  readonly protocolLog: Pick<ProtocolLog, 'write'>;
  readonly drop: DropFolder;
  /** Exists; for what is known of outages. */
  readonly stateFolder: string;
  readonly version: string;
  /** The share of the time since its last call that this thread was busy, from 0 to 1. Measured when not given. */
  readonly threadLoad?: () => number;
  /** Told of each attempt once it is stored, also of one that ended its message. */
  readonly onAttempt?: (id: MessageId, attempt: Attempt) => void;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { spool, settings, secret, ports, protocolLog, drop, stateFolder, version, onAttempt } = options;
  const { clock, log } = ports;
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    list.viewChanged();
    for (const listener of listeners) listener();
  };
  let routes = createRoutes(settings());
  let frozen: ReadonlySet<string> = new Set(settings()['delivery.frozen']);
  let isStopped = true;
  /** Of the latest start or stop: one that was overtaken does nothing more. */
  let turn = 0;
  /** By these some messages may still be planned; null when all follow the present routes. */
  let plannedBy: Routes | null = null;
  /** Not every message was looked at since the start. */
  let isStarting = false;

  const plan = new Plan();
  plan.freeze(frozen, clock.now());
  const index = new WaitingList(plan);
  const retryIntervals = (): RetryIntervals => settings()['delivery.retryIntervals'];
  const placement = new Placement({ plan, routes: () => routes, retryIntervals, ports });
  const destinations = new Destinations();
  const sending = new SendingMarks();
  const serial = new Serial();
  const isSending = (id: string): boolean => sending.has(id);
  const isFrozen = (destination: string): boolean => frozen.has(destination);
  const sources = (): ViewSources => ({ routes, plan, destinations, isSending, isFrozen });

  const intake = new IntakePriority({ threadLoad: options.threadLoad ?? threadLoad() });
  const outages = new OutageMemory({ stateFolder, ports, destinations, plan, retryIntervals });

  let tokens = new TokenCache(ports);
  let trust = new TrustStore(ports);
  const conversation = ({ security, helo, remoteDomain }: Way) => ({
    ownName: ownName(settings(), ports.computerName),
    security,
    helo,
    secrets: {
      password: secret(outboundSecret(remoteDomain, 'password')),
      clientSecret: secret(outboundSecret(remoteDomain, 'clientSecret')),
    },
    timeouts: conversationTimeouts(settings()),
    protocolLog,
    tokens,
    trust,
  });
  const pool = new ConnectionPool({
    clock,
    conversation,
    limit: () => settings()['delivery.connectionLimit'],
    messagesPerConnection: () => settings()['messages.messagesPerConnection'],
    onChange: () => onChange(),
  });
  const list = new DestinationList({ spool, clock, sources, frozen: () => frozen, connections: () => pool.counts() });

  const reporter = new Reporter({ spool, settings, ports, version });
  const settlement = new Settlement({
    spool,
    log,
    reporter,
    isSending,
    isLocal: (address) => routes.isLocal(address),
  });
  const bookkeeping = new Bookkeeping({
    spool,
    settings,
    routes: () => routes,
    ports,
    destinations,
    serial,
    settlement,
    isStopped: () => isStopped,
    onAttempt,
  });
  const lateMail = new LateMail({
    spool,
    settings,
    routes: () => routes,
    ports,
    destinations,
    serial,
    settlement,
    reporter,
    isSending,
    finish: (id) => bookkeeping.finish(id),
  });
  const dispatcher = new Dispatcher({
    spool,
    settings,
    routes: () => routes,
    ports,
    plan,
    index,
    destinations,
    pool,
    bookkeeping,
    sending,
    drop,
    intake,
    transactions: () => transactionOptions(settings()),
    onChange,
    onOutageChange: () => outages.changed(),
    onClockSetBack: () => {
      log.warn('clock set back', {});
      index.clear();
      outages.clockSetBack();
      scanSpool();
    },
  });
  const scan = new SpoolScan({
    spool,
    track: (entry) => dispatcher.track(entry),
    finish: (id) => bookkeeping.finish(id),
    isStopped: () => isStopped,
  });
  const scanSpool = (): void =>
    void scan.run(placeEarlier).then(
      (isComplete) => {
        if (isComplete) {
          plannedBy = null;
          isStarting = false;
        }
        onChange();
      },
      (error: unknown) => log.error('delivery plan', error),
    );

  /** For what a scan that was ended by a later one did not come to, as well. */
  const placeEarlier = (entry: QueueEntry): void => {
    if (plannedBy !== null) placement.ifMoved(entry, plannedBy);
    if (isStarting) placement.soonIfNeverTalkedTo(entry);
  };

  const begin = async (mine: number): Promise<void> => {
    await outages.recall();
    if (mine !== turn) return;
    dispatcher.start();
    lateMail.start();
    await spool.recovered;
    if (mine === turn) scanSpool();
  };

  const followSettings = (): void => {
    // Passwords and files may have changed as well, which the settings do not show.
    tokens = new TokenCache(ports);
    trust = new TrustStore(ports);
    pool.renew();
    dispatcher.tryEveryHost();
    frozen = new Set(settings()['delivery.frozen']);
    plan.freeze(frozen, clock.now());
    const before = routes;
    const changed = createRoutes(settings());
    if (changed.fingerprint === before.fingerprint) return;
    routes = changed;
    plannedBy ??= before;
    const isSame = (name: string): boolean => {
      const fingerprint = changed.fingerprintOf(name);
      return fingerprint !== null && fingerprint === before.fingerprintOf(name);
    };
    for (const name of destinations.keep(isSame)) plan.unblock(name);
    outages.changed();
    scanSpool();
  };

  const operations = createOperations({
    spool,
    log,
    serial,
    settlement,
    isSending,
    heldByDomain: (entry) => heldByDomain(entry, routes),
    finish: (id) => bookkeeping.finish(id),
    dueNow: (entry: QueueEntry) => {
      placement.now(entry);
      for (const share of sharesOf(entry, routes)) {
        if (!isHeldShare(entry, share)) dispatcher.probeNow(share.destination.name);
      }
      dispatcher.wake();
      onChange();
    },
  });

  spool.onChange((change) => {
    if (change.type === 'added') intake.arrived(change.entry.receivedAtMs, clock.now());
    if (change.type === 'removed') index.forget(change.id);
    else dispatcher.track(change.entry);
  });

  return {
    start() {
      isStopped = false;
      isStarting = true;
      turn += 1;
      followSettings(); // they may have changed while it was stopped
      void begin(turn).catch((error: unknown) => log.error('delivery start', error));
    },
    async stop() {
      isStopped = true;
      turn += 1;
      scan.cancel();
      bookkeeping.stop();
      await dispatcher.stop();
      await lateMail.stop();
      await outages.store();
      onChange();
    },
    settingsChanged() {
      followSettings();
      // Perhaps a limit, perhaps what kept a destination down: both are tried out at once.
      for (const name of destinations.names()) dispatcher.probeNow(name);
      plan.reconsider();
      dispatcher.wake();
      onChange();
    },

    view: (entry) => viewOf(entry, sources()),
    nextHopOf: (address, ownHosts) => routes.destinationOf(address, ownHosts).name,

    ...operations,

    destinations: () => list.rows(),
    async retryDestination(nextHop) {
      const outcome = await retryDestination(nextHop, {
        spool,
        routes: () => routes,
        plan,
        nowMs: () => clock.now(),
      });
      dispatcher.probeNow(nextHop);
      dispatcher.wake();
      onChange();
      return outcome;
    },
    ...createQuestions({ spool, settings, routes: () => routes, ports, conversation, isFrozen }),

    sessions: () => pool.sessions(),
    terminate: (ids) => pool.terminate(ids),
    unreachable() {
      destinations.forgetUnasked(clock.now(), (name) => isFrozen(name) || plan.concerns(name));
      return destinations.unreachable();
    },
    get totals() {
      return { ...settlement.totals };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
