import { expect, test } from 'vitest';
import { expiresAtMs, longestDelayMs, probeDelayMs, retryDelayMs } from '../../../electron/delivery/schedule.ts';

const intervals = [60, 300, 900, 3_600];
const never = (): number => 0;
const most = (): number => 1;

test.each([
  { attempts: 1, leastS: 60, mostS: 66 },
  { attempts: 2, leastS: 300, mostS: 330 },
  { attempts: 3, leastS: 900, mostS: 990 },
  { attempts: 4, leastS: 3_600, mostS: 3_960 },
  { attempts: 99, leastS: 3_600, mostS: 3_960 },
])('after attempt $attempts the pause is $leastS to $mostS seconds', ({ attempts, leastS, mostS }) => {
  expect(retryDelayMs(intervals, attempts, never)).toBe(leastS * 1_000);
  expect(retryDelayMs(intervals, attempts, most)).toBe(mostS * 1_000);
});

test('a list without intervals still leaves a minute between attempts', () => {
  expect(retryDelayMs([], 3, never)).toBe(60_000);
});

test.each([
  { list: intervals, probes: 1, delayS: 60 },
  { list: intervals, probes: 2, delayS: 300 },
  { list: intervals, probes: 50, delayS: 300 },
  { list: [30], probes: 7, delayS: 30 },
  { list: [3_600, 60], probes: 1, delayS: 60 },
])('probe $probes with $list comes after $delayS seconds', ({ list, probes, delayS }) => {
  expect(probeDelayMs(list, probes, never)).toBe(delayS * 1_000);
});

test('chance never delays a probe beyond the second interval', () => {
  expect(probeDelayMs(intervals, 9, most)).toBe(300_000);
});

test('time that the destination was down does not count towards expiry', () => {
  expect(expiresAtMs(1_000, 60, 0)).toBe(61_000);
  expect(expiresAtMs(1_000, 60, 3_600_000)).toBe(3_661_000);
});

test('the longest delay is the longest interval with all its chance', () => {
  expect(longestDelayMs([60, 3_600, 300])).toBe(3_960_000);
});
