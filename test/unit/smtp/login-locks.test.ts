import { expect, test } from 'vitest';
import { createLoginLocks } from '../../../electron/smtp/login-locks.ts';

const minute = 60_000;

function setUp(threshold: number | null = 3) {
  const state = { threshold, lockoutMs: 15 * minute, nowMs: 1_000_000_000 };
  const locks = createLoginLocks(() => state);
  return {
    ...locks,
    state,
    fail(client: string, user: string, times = 1) {
      return Array.from({ length: times }, () => locks.failed(client, user)).flat();
    },
  };
}

test('a client is locked out at its last failure, for every user', () => {
  const { fail, isLocked, state } = setUp();
  expect(fail('10.0.0.1', 'ca', 2)).toEqual([]);
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
  expect(fail('10.0.0.1', 'backup')).toEqual([{ who: 'client', untilMs: state.nowMs + state.lockoutMs }]);
  expect(isLocked('10.0.0.1', 'ca')).toBe(true);
  expect(isLocked('10.0.0.1', 'anybody')).toBe(true);
});

test('other clients are not locked out, for the same user neither', () => {
  const { fail, isLocked } = setUp();
  fail('10.0.0.1', 'ca', 3);
  expect(isLocked('10.0.0.2', 'ca')).toBe(false);
});

test('a lock ends by itself, and counting begins anew', () => {
  const { fail, isLocked, state } = setUp();
  fail('10.0.0.1', 'ca', 3);
  state.nowMs += state.lockoutMs - 1;
  expect(isLocked('10.0.0.1', 'ca')).toBe(true);
  state.nowMs += 1;
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
  expect(fail('10.0.0.1', 'ca', 2)).toEqual([]);
});

test('failures further apart than the lockout time do not add up', () => {
  const { fail, isLocked, state } = setUp();
  for (let round = 0; round < 20; round += 1) {
    fail('10.0.0.1', 'ca');
    state.nowMs += state.lockoutMs / 2;
  }
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
});

test('success forgives what the client did for this user, not what it did for others', () => {
  const { fail, isLocked, succeeded } = setUp();
  fail('10.0.0.1', 'ca', 2);
  succeeded('10.0.0.1', 'ca');
  fail('10.0.0.1', 'ca', 2);
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);

  fail('10.0.0.2', 'victim', 2);
  succeeded('10.0.0.2', 'attacker');
  fail('10.0.0.2', 'victim');
  expect(isLocked('10.0.0.2', 'victim')).toBe(true);
});

test('a user is locked for strangers after ten times as many failures from many clients', () => {
  const { fail, isLocked, state } = setUp();
  for (let client = 1; client <= 14; client += 1) expect(fail(`10.0.0.${client}`, 'ca', 2)).toEqual([]);
  fail('10.0.0.15', 'ca');
  expect(isLocked('10.0.9.9', 'ca')).toBe(false);
  expect(fail('10.0.0.16', 'ca')).toEqual([{ who: 'user', untilMs: state.nowMs + state.lockoutMs }]);
  expect(isLocked('10.0.9.9', 'ca')).toBe(true);
  expect(isLocked('10.0.9.9', 'another')).toBe(false);
});

test('strangers cannot lock out a client that has logged in as this user before', () => {
  const { fail, isLocked, succeeded } = setUp();
  succeeded('192.0.2.1', 'ca');
  for (let client = 1; client <= 40; client += 1) fail(`10.0.0.${client}`, 'ca', 2);
  expect(isLocked('10.0.9.9', 'ca')).toBe(true);
  expect(isLocked('192.0.2.1', 'ca')).toBe(false);
  fail('192.0.2.1', 'ca', 3);
  expect(isLocked('192.0.2.1', 'ca')).toBe(true);
});

test('without a threshold nobody is ever locked out', () => {
  const { fail, isLocked, state } = setUp(null);
  expect(fail('10.0.0.1', 'ca', 500)).toEqual([]);
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
  state.threshold = 3;
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
});

test('a clock that is set back does not make a lock last longer', () => {
  const { fail, isLocked, state } = setUp();
  fail('10.0.0.1', 'ca', 3);
  state.nowMs -= 24 * 60 * minute;
  expect(isLocked('10.0.0.1', 'ca')).toBe(false);
});

test('a flood of names and clients pushes out the oldest, not the newest', () => {
  const { fail, isLocked } = setUp();
  fail('first', 'ca', 3);
  for (let client = 0; client < 10_000; client += 1) fail(`client ${client}`, `user ${client}`);
  fail('last', 'ca', 3);
  expect(isLocked('first', 'ca')).toBe(false);
  expect(isLocked('last', 'ca')).toBe(true);
});
