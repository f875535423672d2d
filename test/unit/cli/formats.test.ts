import { expect, test } from 'vitest';
import {
  formatOutcome,
  formatSize,
  formatSpan,
  formatTime,
  formatUntil,
  sumOutcomes,
} from '../../../electron/cli/formats.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

test.each([
  [-5_000, '0s'],
  [0, '0s'],
  [59_400, '59s'],
  [59_600, '1m 0s'],
  [5 * minuteMs + 7_000, '5m 7s'],
  [2 * hourMs + 5 * minuteMs, '2h 5m'],
  [62 * hourMs, '2d 14h'],
])('%d ms are %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

test.each([
  [1_000, 'now'],
  [1_001_000, 'in 16m 40s'],
])('an attempt at %d, seen at 1000, is %s', (atMs, text) => {
  expect(formatUntil(atMs, 1_000)).toBe(text);
});

test('an instant is shown in the time of this computer', () => {
  const atMs = new Date(2026, 10, 4, 3, 4, 5).getTime();
  expect(formatTime(atMs)).toBe('2026-11-04 03:04:05');
});

test.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_024, '1.0 KB'],
  [2_150, '2.1 KB'],
  [10_240, '10 KB'],
  [10_485_760, '10 MB'],
  [3 * 1_073_741_824, '3.0 GB'],
  [5_000 * 1_073_741_824, '5000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test.each([
  [{ changed: 12, skipped: [] }, '12 changed'],
  [{ changed: 12, skipped: [{ reason: 'beingSent', count: 1 }] }, '12 changed, 1 skipped: being sent'],
  [
    {
      changed: 0,
      skipped: [
        { reason: 'beingSent', count: 2 },
        { reason: 'alreadySo', count: 1 },
        { reason: 'failed', count: 0 },
      ],
    },
    '0 changed, 3 skipped: 2 being sent, 1 already so',
  ],
] as const)('an outcome in words', (outcome, text) => {
  expect(formatOutcome({ changed: outcome.changed, skipped: [...outcome.skipped] })).toBe(text);
});

test('outcomes of single messages add up', () => {
  expect(
    sumOutcomes([
      { changed: 1, skipped: [] },
      { changed: 0, skipped: [{ reason: 'beingSent', count: 1 }] },
      { changed: 0, skipped: [{ reason: 'beingSent', count: 1 }] },
    ]),
  ).toEqual({ changed: 1, skipped: [{ reason: 'beingSent', count: 2 }] });
});
