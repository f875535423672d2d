import { expect, test } from 'vitest';
import { Destinations } from '../../../electron/delivery/destinations.ts';
import { permanentFailure, replyFailure, temporaryFailure } from '../../../electron/delivery/failure.ts';
import { Plan } from '../../../electron/delivery/plan.ts';
import { createRoutes } from '../../../electron/delivery/routes.ts';
import { viewOf } from '../../../electron/delivery/view.ts';
import { WaitingList } from '../../../electron/delivery/waiting-list.ts';
import type { DeliveryRecord, QueueEntry, RecipientRecord } from '../../../electron/spool/types.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const routes = createRoutes({
  ...defaultServerSettings,
  'domains.remote': [remoteDomainSchema.parse({ name: 'held.example', held: true })],
});
const horizon = { nowMs: 5_000, latestMs: 50_000 };
const busy = replyFailure('rcpt', false, '450 4.2.1 Busy');
const unknown = permanentFailure('rcpt', '5.1.1', 'Unknown');

const recipient = (address: string, change: Partial<RecipientRecord> = {}): RecipientRecord => ({
  address,
  state: 'pending',
  attempts: 0,
  nextAttemptAtMs: 0,
  lastFailure: null,
  deliveredAtMs: null,
  ...change,
});

const entryOf = (recipients: readonly RecipientRecord[], change: Partial<DeliveryRecord> = {}): QueueEntry => ({
  id: '1',
  sender: 'ca@corp.example.com',
  subject: '',
  sizeBytes: 1,
  receivedAtMs: 500,
  record: { held: false, failed: false, recipients, ...change },
});

interface Row {
  readonly what: string;
  readonly entry: QueueEntry;
  readonly isSending?: boolean;
  readonly down?: string;
  readonly frozen?: string;
  readonly view: object;
}

const fresh = recipient('a@x.example');
const tried = recipient('a@x.example', { attempts: 2, nextAttemptAtMs: 9_000, lastFailure: busy });

test.each<Row>([
  {
    what: 'new mail is ready since it came',
    entry: entryOf([fresh]),
    view: { state: 'ready', nextHop: 'x.example', attempts: 0, lastError: null, nextAttemptAtMs: 500 },
  },
  {
    what: 'tried mail waits for its time with the last answer',
    entry: entryOf([tried]),
    view: { state: 'retry', nextHop: 'x.example', attempts: 2, lastError: '450 4.2.1 Busy', nextAttemptAtMs: 9_000 },
  },
  {
    what: 'mail under way has no next time',
    entry: entryOf([tried]),
    isSending: true,
    view: { state: 'sending', nextHop: 'x.example', attempts: 2, lastError: '450 4.2.1 Busy', nextAttemptAtMs: null },
  },
  {
    what: 'held mail has no next time',
    entry: entryOf([tried], { held: true }),
    view: { state: 'held', nextHop: 'x.example', attempts: 2, lastError: '450 4.2.1 Busy', nextAttemptAtMs: null },
  },
  {
    what: 'mail that never was tried shows why its destination is down and when it is probed',
    entry: entryOf([fresh]),
    down: 'x.example',
    view: { state: 'retry', nextHop: 'x.example', attempts: 0, lastError: 'refused', nextAttemptAtMs: 1_100 },
  },
  {
    what: 'its own last answer comes before that of its destination',
    entry: entryOf([tried]),
    down: 'x.example',
    view: { state: 'retry', nextHop: 'x.example', attempts: 2, lastError: '450 4.2.1 Busy', nextAttemptAtMs: 1_100 },
  },
  {
    what: 'several destinations are named, the earliest time counts, those who have it do not',
    entry: entryOf([
      recipient('done@z.example', { state: 'delivered' }),
      tried,
      recipient('b@y.example', { attempts: 1, nextAttemptAtMs: 7_000 }),
    ]),
    view: {
      state: 'retry',
      nextHop: 'x.example, y.example',
      attempts: 2,
      lastError: '450 4.2.1 Busy',
      nextAttemptAtMs: 7_000,
    },
  },
  {
    what: 'failed mail whose report is not made yet',
    entry: entryOf(
      [
        recipient('a@x.example', { state: 'failed', attempts: 1, lastFailure: unknown }),
        recipient('b@y.example', { state: 'delivered' }),
      ],
      { failed: true },
    ),
    view: { state: 'failed', nextHop: 'x.example', attempts: 1, lastError: 'Unknown', nextAttemptAtMs: null },
  },
  {
    what: 'mail of a remote domain that holds it is held',
    entry: entryOf([recipient('a@held.example')]),
    view: { state: 'held', nextHop: 'held.example', attempts: 0, lastError: null, nextAttemptAtMs: null },
  },
  {
    what: 'released, it is not',
    entry: entryOf([recipient('a@held.example')], { released: true }),
    view: { state: 'ready', nextHop: 'held.example', attempts: 0, lastError: null, nextAttemptAtMs: 500 },
  },
  {
    what: 'mail that is held for some of its recipients shows how the others fare',
    entry: entryOf([recipient('a@held.example'), tried]),
    view: {
      state: 'retry',
      nextHop: 'held.example, x.example',
      attempts: 2,
      lastError: '450 4.2.1 Busy',
      nextAttemptAtMs: 9_000,
    },
  },
  {
    what: 'mail for a frozen destination has no next time and keeps its last error',
    entry: entryOf([tried]),
    frozen: 'x.example',
    view: { state: 'retry', nextHop: 'x.example', attempts: 2, lastError: '450 4.2.1 Busy', nextAttemptAtMs: null },
  },
  {
    what: 'mail with a route of its own names it as the next hop',
    entry: entryOf([fresh, recipient('b@y.example')], { route: ['gw1.example.net', 'gw2.example.net:26'] }),
    view: {
      state: 'ready',
      nextHop: 'gw1.example.net, gw2.example.net:26',
      attempts: 0,
      lastError: null,
      nextAttemptAtMs: 500,
    },
  },
])('$what', ({ entry, isSending = false, down, frozen, view }) => {
  const plan = new Plan();
  const destinations = new Destinations();
  new WaitingList(plan).track(entry, routes, horizon);
  if (down !== undefined) {
    destinations.failed(down, temporaryFailure('connect', 'refused'), {
      nowMs: 1_000,
      probe: false,
      delayMs: () => 100,
    });
  }
  const isFrozen = (name: string): boolean => name === frozen;
  expect(viewOf(entry, { routes, plan, destinations, isSending: () => isSending, isFrozen })).toEqual(view);
});

test('a message that was made due at once shows it', () => {
  const plan = new Plan();
  const index = new WaitingList(plan);
  const entry = entryOf([tried]);
  index.track(entry, routes, horizon);
  plan.release('x.example', 3_000);
  const sources = { routes, plan, destinations: new Destinations(), isSending: () => false, isFrozen: () => false };
  expect(viewOf(entry, sources).nextAttemptAtMs).toBe(3_000);
});
