import { expect, test } from 'vitest';
import { lifetimeOf, shortestWaitMs } from '../../../electron/delivery/lifetime.ts';
import { defaultServerSettings } from '../../../shared/settings/server-settings.ts';

const settings = {
  ...defaultServerSettings,
  'delivery.delayNotification': 10,
  'delivery.expiration': 20,
  'delivery.localDelayNotification': 30,
  'delivery.localExpiration': 40,
};
const remote = { receivedAtMs: 1_000, destination: { kind: 'domain' }, unreachableMs: 5_000 } as const;
const local = { ...remote, destination: { kind: 'drop' } } as const;

test.each([
  { what: 'delivery.expiration', waiting: remote, change: {}, expected: { noticeAtMs: 11_000, expiresAtMs: 26_000 } },
  {
    what: 'delivery.localExpiration',
    waiting: local,
    change: {},
    expected: { noticeAtMs: 31_000, expiresAtMs: 46_000 },
  },
  {
    what: 'delivery.expireDuringOutage',
    waiting: remote,
    change: { 'delivery.expireDuringOutage': true },
    expected: { noticeAtMs: 11_000, expiresAtMs: 21_000 },
  },
  {
    what: 'delivery.delayNotification off',
    waiting: remote,
    change: { 'delivery.delayNotification': null },
    expected: { noticeAtMs: null, expiresAtMs: 26_000 },
  },
])('$what', ({ waiting, change, expected }) => {
  expect(lifetimeOf(waiting, { ...settings, ...change })).toEqual(expected);
});

test.each([
  { change: {}, waitMs: 10_000 },
  { change: { 'delivery.delayNotification': null }, waitMs: 30_000 },
  {
    change: { 'delivery.delayNotification': null, 'delivery.localDelayNotification': null },
    waitMs: Number.POSITIVE_INFINITY,
  },
  { change: { 'delivery.delayNotification': null, 'delivery.expireDuringOutage': true }, waitMs: 20_000 },
])('with $change nothing happens to mail before $waitMs ms', ({ change, waitMs }) => {
  expect(shortestWaitMs({ ...settings, ...change })).toBe(waitMs);
});
