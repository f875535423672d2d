/** Delivery of one virtual server: composes schedule, routes, conversations and bookkeeping over the spool. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Failure } from '../../shared/contract/messages.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Ports } from '../base/ports.ts';
import type { QueueEntry, Spool } from '../spool/types.ts';
import { Bookkeeping } from './bookkeeping.ts';
import { ConnectionPool } from './connection-pool.ts';
import { Destinations } from './destinations.ts';
import { Dispatcher, SendingMarks } from './dispatcher.ts';
import { LateMail } from './late-mail.ts';
import { createOperations } from './operations.ts';
import { ownName } from './own-name.ts';
import { Plan } from './plan.ts';
import { Reporter } from './reporter.ts';
import { createRoutes } from './routes.ts';
import { retryDelayMs } from './schedule.ts';
import { Serial } from './serial.ts';
import { Settlement } from './settlement.ts';
import type { Delivery } from './types.ts';
import { viewOf } from './view.ts';
import { sharesOf, WaitingList } from './waiting-list.ts';

export interface DeliveryOptions {
  readonly spool: Spool;
  /** The settings in force at this moment. */
  readonly settings: () => ServerSettings;
  readonly ports: Ports;
  readonly version: string;
}

/** Messages looked at before others get a turn. */
const messagesPerTurn = 500;

export function createDelivery({ spool, settings, ports, version }: DeliveryOptions): Delivery {
  const { clock, log } = ports;
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  let routes = createRoutes(settings());
  let isStopped = true;
  let scan = 0;

  const plan = new Plan();
  const index = new WaitingList(plan);
  const destinations = new Destinations();
  const sending = new SendingMarks();
  const serial = new Serial();
  const isSending = (id: string): boolean => sending.has(id);
  const pool = new ConnectionPool({
    clock,
    conversation: () => {
      const values = settings();
      return {
        ownName: ownName(values, ports.computerName),
        idleTimeoutMs: values['delivery.connectionTimeout'] * 1_000,
      };
    },
    limit: () => settings()['delivery.connectionLimit'],
    onChange,
  });
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
    onChange,
    onClockSetBack: () => {
      log.warn('clock set back', {});
      replan(asStored);
    },
  });
  const placeNow = (entry: QueueEntry): void => {
    if (entry.record.held) return;
    for (const { destination } of sharesOf(entry, routes)) plan.place(entry.id, destination.name, clock.now());
  };
  /** Mail that waited for a destination that was down counts on its probes, and those are forgotten at a restart. */
  const placeSoon = (entry: QueueEntry): void => {
    if (entry.record.held) return;
    // Not at once: a relay that crashes again and again must not hammer the server.
    const soonMs = clock.now() + retryDelayMs(settings()['delivery.retryIntervals'], 1, ports.random);
    for (const { destination, recipients } of sharesOf(entry, routes)) {
      if (recipients.every(({ lastFailure }) => lastFailure !== null && neverTalkedTo(lastFailure))) {
        plan.place(entry.id, destination.name, soonMs);
      }
    }
  };
  const operations = createOperations({
    spool,
    log,
    serial,
    settlement,
    isSending,
    isHeldByDomain: (entry) => sharesOf(entry, routes).some(({ destination }) => destination.held),
    finish: (id) => bookkeeping.finish(id),
    dueNow: (entry: QueueEntry) => {
      placeNow(entry);
      for (const { destination } of sharesOf(entry, routes)) dispatcher.probeNow(destination.name);
      dispatcher.wake();
      onChange();
    },
  });

  /**
   * Takes every message of the spool into the plan, and completes what a crash or a full disk left undone.
   * @param placeEarlier  Brings a message forward that should not wait for its stored time.
   */
  const scanSpool = async (placeEarlier: (entry: QueueEntry) => void): Promise<void> => {
    scan += 1;
    const mine = scan;
    let looked = 0;
    for (const { id } of [...spool.entries()]) {
      looked += 1;
      if (looked % messagesPerTurn === 0) await nextTurn();
      if (mine !== scan) return;
      const entry = spool.get(id);
      if (entry === undefined) continue;
      dispatcher.track(entry);
      placeEarlier(entry);
      if (!isStopped && isUnfinished(entry)) await bookkeeping.finish(id);
    }
    onChange();
  };

  /** Forgets every planned time and begins anew with what the spool holds. */
  const replan = (placeEarlier: (entry: QueueEntry) => void): void => {
    destinations.clear();
    index.clear();
    void scanSpool(placeEarlier).catch((error: unknown) => log.error('delivery plan', error));
  };

  spool.onChange((change) => {
    if (change.type === 'removed') index.forget(change.id);
    else dispatcher.track(change.entry);
  });

  return {
    start() {
      isStopped = false;
      dispatcher.start();
      lateMail.start();
      void spool.recovered
        .then(() => scanSpool(placeSoon))
        .catch((error: unknown) => log.error('delivery start', error));
    },
    async stop() {
      isStopped = true;
      scan += 1;
      bookkeeping.stop();
      await dispatcher.stop();
      await lateMail.stop();
      onChange();
    },
    settingsChanged() {
      const changed = createRoutes(settings());
      pool.closeIdle();
      if (changed.fingerprint === routes.fingerprint) {
        // Perhaps a limit, perhaps what kept a destination down: both are tried out at once.
        for (const name of destinations.names()) dispatcher.probeNow(name);
        plan.reconsider();
        dispatcher.wake();
        return;
      }
      routes = changed;
      // What is known of earlier attempts says nothing about the new way.
      replan(placeNow);
    },

    view: (entry) => viewOf(entry, { routes, plan, destinations, isSending }),
    nextHopOf: (address) => routes.destinationOf(address).name,

    ...operations,

    sessions: () => pool.sessions(),
    unreachable: () => destinations.unreachable(),
    get totals() {
      return { ...settlement.totals };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const asStored = (): void => undefined;

/** A failure of the destination, not of the message. */
const neverTalkedTo = ({ stage, permanent }: Failure): boolean =>
  !permanent && (stage === 'dns' || stage === 'connect' || stage === 'greeting' || stage === 'tls');

const isUnfinished = ({ record }: QueueEntry): boolean =>
  record.failed || record.recipients.every(({ state }) => state !== 'pending');
