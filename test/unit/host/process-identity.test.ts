import { expect, test } from 'vitest';
import { formatClaim, parseClaim } from '../../../electron/host/lock-claim.ts';
import { presenceOf, startTicksIn, systemProcessTable } from '../../../electron/host/process-identity.ts';

const boot = '07df47b1-0277-4b6d-9134-6ddad3976a10';
const table = {
  bootId: boot,
  exists: (pid: number) => pid === 100,
  startTicks: (pid: number) => (pid === 100 ? '5000' : null),
};
const withoutProc = { ...table, bootId: null, startTicks: () => null };

test.each([
  { title: 'the same process', identity: { pid: 100, bootId: boot, startTicks: '5000' }, table, presence: 'running' },
  { title: 'no such process', identity: { pid: 101, bootId: boot, startTicks: '5000' }, table, presence: 'gone' },
  { title: 'the id was used again', identity: { pid: 100, bootId: boot, startTicks: '4999' }, table, presence: 'gone' },
  {
    title: 'the computer was restarted',
    identity: { pid: 100, bootId: 'b', startTicks: '5000' },
    table,
    presence: 'gone',
  },
  {
    title: 'ids alone, and there is one',
    identity: { pid: 100, bootId: null, startTicks: null },
    table: withoutProc,
    presence: 'unsure',
  },
  {
    title: 'ids alone, and there is none',
    identity: { pid: 101, bootId: null, startTicks: null },
    table: withoutProc,
    presence: 'gone',
  },
])('$title: $presence', ({ identity, table, presence }) => {
  expect(presenceOf(identity, table)).toBe(presence);
});

const statLine = (name: string, state: string): string =>
  `42 (${name}) ${state} 1 42 42 0 -1 4194304 120 0 0 0 0 0 0 0 20 0 1 0 128177 3133440`;

test.each([
  { name: 'node', state: 'S', ticks: '128177' },
  { name: 'a) R 1 2 (b', state: 'R', ticks: '128177' },
  { name: 'node', state: 'Z', ticks: null },
])('start of a process named "$name" in state $state', ({ name, state, ticks }) => {
  expect(startTicksIn(statLine(name, state))).toBe(ticks);
});

test('this very process is found running', () => {
  const system = systemProcessTable();
  const self = { pid: process.pid, bootId: system.bootId, startTicks: system.startTicks(process.pid) };
  expect(presenceOf(self, system)).toBe(process.platform === 'linux' ? 'running' : 'unsure');
});

test.each([
  { pid: 1, bootId: boot, startTicks: '5000', claimedAtMs: 1_900_000_000_000 },
  { pid: 4_194_304, bootId: null, startTicks: null, claimedAtMs: 0 },
])('the name of a claim tells all of it: $pid', (claim) => {
  expect(parseClaim(formatClaim(claim, '0123abcd'))).toEqual(claim);
});

test.each(['lock.claim-', 'lock.claim-x.y', 'lock', 'lock.claim-1...5.'])('no claim: %s', (name) => {
  expect(parseClaim(name)).toBeNull();
});
