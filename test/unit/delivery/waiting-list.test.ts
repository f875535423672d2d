import { expect, test } from 'vitest';
import { Plan } from '../../../electron/delivery/plan.ts';
import { createRoutes } from '../../../electron/delivery/routes.ts';
import { WaitingList } from '../../../electron/delivery/waiting-list.ts';
import type { QueueEntry, RecipientRecord } from '../../../electron/spool/types.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const routes = createRoutes({
  ...defaultServerSettings,
  'domains.remote': [remoteDomainSchema.parse({ name: 'held.example', held: true })],
});
const horizon = { nowMs: 5_000, latestMs: 50_000 };

const entryOf = (recipients: readonly (readonly [string, Partial<RecipientRecord>])[], held = false): QueueEntry => ({
  id: '1',
  sender: 'ca@corp.example.com',
  subject: '',
  sizeBytes: 1,
  receivedAtMs: 500,
  record: {
    held,
    failed: false,
    recipients: recipients.map(([address, change]) => ({
      address,
      state: 'pending',
      attempts: 0,
      nextAttemptAtMs: 0,
      lastFailure: null,
      deliveredAtMs: null,
      ...change,
    })),
  },
});

const waiting = (plan: Plan): Record<string, number | undefined> => ({
  x: plan.dueMs('1', 'x.example'),
  y: plan.dueMs('1', 'y.example'),
});

test('recipients of one destination share a place, due with the first of them', () => {
  const plan = new Plan();
  const entry = entryOf([
    ['a@x.example', { nextAttemptAtMs: 900 }],
    ['b@x.example', { nextAttemptAtMs: 700 }],
    ['c@y.example', {}],
    ['d@y.example', { state: 'delivered' }],
  ]);
  new WaitingList(plan).track(entry, routes, horizon);
  expect(waiting(plan)).toEqual({ x: 700, y: 500 });
});

test('a place is given up with the last recipient, on hold and on removal', () => {
  const plan = new Plan();
  const index = new WaitingList(plan);
  index.track(
    entryOf([
      ['a@x.example', {}],
      ['c@y.example', {}],
    ]),
    routes,
    horizon,
  );
  index.track(
    entryOf([
      ['a@x.example', { state: 'failed' }],
      ['c@y.example', {}],
    ]),
    routes,
    horizon,
  );
  expect(waiting(plan)).toEqual({ x: undefined, y: 500 });
  index.track(entryOf([['c@y.example', {}]], true), routes, horizon);
  expect(waiting(plan)).toEqual({ x: undefined, y: undefined });
  index.track(entryOf([['c@y.example', {}]]), routes, horizon);
  index.forget('1');
  expect(waiting(plan)).toEqual({ x: undefined, y: undefined });
});

test('mail that its remote domain holds has no place until it is released', () => {
  const plan = new Plan();
  const index = new WaitingList(plan);
  const entry = entryOf([
    ['a@held.example', {}],
    ['b@y.example', {}],
  ]);
  index.track(entry, routes, horizon);
  expect([plan.dueMs('1', 'held.example'), plan.dueMs('1', 'y.example')]).toEqual([undefined, 500]);
  index.track({ ...entry, record: { ...entry.record, released: true } }, routes, horizon);
  expect([plan.dueMs('1', 'held.example'), plan.dueMs('1', 'y.example')]).toEqual([500, 500]);
});

test("the message's own route is one place for all recipients", () => {
  const plan = new Plan();
  const index = new WaitingList(plan);
  const entry = entryOf([
    ['a@held.example', {}],
    ['b@y.example', {}],
  ]);
  index.track(entry, routes, horizon);
  index.track({ ...entry, record: { ...entry.record, route: ['gw.example.net'] } }, routes, horizon);
  expect([plan.dueMs('1', 'gw.example.net'), plan.dueMs('1', 'y.example')]).toEqual([500, undefined]);
});

test('a message that could not be handled is kept back', () => {
  const plan = new Plan();
  new WaitingList(plan).track(entryOf([['a@x.example', {}]]), routes, horizon, 60_000);
  expect(waiting(plan)).toEqual({ x: 60_000, y: undefined });
});

test.each([
  { what: 'new mail that came in the future is due now', receivedAtMs: 9_000_000, nextAttemptAtMs: 0, dueMs: 5_000 },
  {
    what: 'a retry years ahead comes after the longest interval',
    receivedAtMs: 500,
    nextAttemptAtMs: 9_000_000,
    dueMs: 50_000,
  },
])('after the clock was put back, $what', ({ receivedAtMs, nextAttemptAtMs, dueMs }) => {
  const plan = new Plan();
  const entry = { ...entryOf([['a@x.example', { nextAttemptAtMs }]]), receivedAtMs };
  new WaitingList(plan).track(entry, routes, horizon);
  expect(waiting(plan)).toEqual({ x: dueMs, y: undefined });
});
