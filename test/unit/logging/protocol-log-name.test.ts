import { expect, test } from 'vitest';
import { isProtocolLogName, type LogPeriod, protocolLogName } from '../../../electron/logging/protocol-log-name.ts';

const morning = new Date('2026-11-24T07:05:00Z');

test.each<[LogPeriod, string]>([
  ['hourly', 'ex26112407.log'],
  ['daily', 'ex261124.log'],
  ['weekly', 'ex261104.log'],
  ['monthly', 'ex2611.log'],
  ['unlimited', 'extend1.log'],
  ['bySize', 'extend3.log'],
])('logging.period %s names a file as IIS does: %s', (period, name) => {
  expect(protocolLogName(period, morning, false, 3)).toBe(name);
  expect(isProtocolLogName(name)).toBe(true);
});

test.each([
  ['2026-11-01T12:00:00Z', 'ex261101.log'], // a Sunday
  ['2026-11-07T12:00:00Z', 'ex261101.log'],
  ['2026-11-08T12:00:00Z', 'ex261102.log'],
  ['2026-11-30T12:00:00Z', 'ex261105.log'],
  ['2026-08-01T12:00:00Z', 'ex260801.log'], // a Saturday: the first week has one day
  ['2026-08-02T12:00:00Z', 'ex260802.log'],
  ['2026-08-30T12:00:00Z', 'ex260806.log'],
])('the week of %s is in %s', (date, name) => {
  expect(protocolLogName('weekly', new Date(date), false, 1)).toBe(name);
});

test('logging.localTime names the file by the time of this computer', () => {
  const local = new Date(2026, 10, 24, 0, 30);
  expect(protocolLogName('hourly', local, true, 1)).toBe('ex26112400.log');
});

test.each(['ex26.log', 'extend.log', 'notes.log', 'ex261124.log.bak', '../ex2611.log', 'extend12345.log'])(
  '%s is not one of ours',
  (name) => {
    expect(isProtocolLogName(name)).toBe(false);
  },
);
