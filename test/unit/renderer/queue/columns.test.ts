import { describe, expect, test } from 'vitest';
import {
  type CellContext,
  type ColumnId,
  cellExportText,
  cellText,
  cellTooltip,
  queueColumns,
} from '../../../../renderer/queue/columns.ts';
import { createQueueFormat, localeOf } from '../../../../renderer/queue/format.ts';
import type { QueueRow } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';
import { queueRow } from './rows.ts';

const nowMs = Date.parse('2030-01-02T12:00:00Z');
const minuteMs = 60_000;

const english: CellContext = { nowMs, t: await areaTexts('en', 'queue'), format: createQueueFormat('en-GB', 'UTC') };
const german: CellContext = { nowMs, t: await areaTexts('de', 'queue'), format: createQueueFormat('de-DE', 'UTC') };

/** Intl separates with several kinds of space. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

test.each<{ column: ColumnId; row: Partial<QueueRow>; en: string; de: string }>([
  { column: 'state', row: { state: 'retry' }, en: 'Retry', de: 'Wiederholen' },
  { column: 'state', row: { state: 'held' }, en: 'Held', de: 'Angehalten' },
  { column: 'sender', row: { sender: 'ca@example.org' }, en: 'ca@example.org', de: 'ca@example.org' },
  { column: 'sender', row: { sender: '' }, en: '<>', de: '<>' },
  { column: 'recipient', row: { recipient: 'a@b.example' }, en: 'a@b.example', de: 'a@b.example' },
  {
    column: 'recipient',
    row: { recipient: 'a@b.example', recipientCount: 1_301 },
    en: 'a@b.example +1,300',
    de: 'a@b.example +1.300',
  },
  { column: 'subject', row: { subject: '' }, en: '(no subject)', de: '(kein Betreff)' },
  { column: 'subject', row: { subject: '<b>$t(x) {{y}}</b>' }, en: '<b>$t(x) {{y}}</b>', de: '<b>$t(x) {{y}}</b>' },
  { column: 'size', row: { sizeBytes: 0 }, en: '0 KB', de: '0 KB' },
  { column: 'size', row: { sizeBytes: 12 }, en: '0.1 KB', de: '0,1 KB' },
  { column: 'size', row: { sizeBytes: 1_934 }, en: '1.9 KB', de: '1,9 KB' },
  { column: 'size', row: { sizeBytes: 10_485_760 }, en: '10 MB', de: '10 MB' },
  { column: 'size', row: { sizeBytes: 1_610_612_736 }, en: '1.5 GB', de: '1,5 GB' },
  {
    column: 'received',
    row: { receivedAtMs: Date.parse('2030-01-02T03:04:05Z') },
    en: '02/01/2030, 03:04',
    de: '02.01.30, 03:04',
  },
  { column: 'age', row: { receivedAtMs: nowMs - 999 }, en: '0 secs', de: '0 Sek.' },
  { column: 'age', row: { receivedAtMs: nowMs - 59_999 }, en: '59 secs', de: '59 Sek.' },
  { column: 'age', row: { receivedAtMs: nowMs - 90_000 }, en: '1 min', de: '1 Min.' },
  { column: 'age', row: { receivedAtMs: nowMs - 125 * minuteMs }, en: '2 hrs 5 mins', de: '2 Std. 5 Min.' },
  { column: 'age', row: { receivedAtMs: nowMs - 62 * 60 * minuteMs }, en: '2 days 14 hrs', de: '2 Tg. 14 Std.' },
  { column: 'age', row: { receivedAtMs: nowMs + 5_000 }, en: '0 secs', de: '0 Sek.' },
  { column: 'attempts', row: { attempts: 1_234 }, en: '1,234', de: '1.234' },
  { column: 'lastError', row: { lastError: null }, en: '', de: '' },
  { column: 'lastError', row: { lastError: '451 später' }, en: '451 später', de: '451 später' },
  { column: 'nextAttempt', row: { nextAttemptAtMs: null, state: 'held' }, en: '–', de: '–' },
  { column: 'nextAttempt', row: { nextAttemptAtMs: 0 }, en: 'now', de: 'jetzt' },
  { column: 'nextAttempt', row: { nextAttemptAtMs: nowMs + 5_000 }, en: 'in 5 secs', de: 'in 5 Sek.' },
  {
    column: 'nextAttempt',
    row: { nextAttemptAtMs: nowMs + 90 * minuteMs },
    en: 'in 1 hr 30 mins',
    de: 'in 1 Std. 30 Min.',
  },
  {
    column: 'nextHop',
    row: { nextHop: 'a.example, b.example' },
    en: 'a.example, b.example',
    de: 'a.example, b.example',
  },
  { column: 'id', row: {}, en: '01KAT5Q2VFM8ZT4E0000000001', de: '01KAT5Q2VFM8ZT4E0000000001' },
])('$column of $row says "$en"', ({ column, row, en, de }) => {
  const full = queueRow(1, row);
  expect(plain(cellText(queueColumns[column], full, english))).toBe(en);
  expect(plain(cellText(queueColumns[column], full, german))).toBe(de);
});

describe('tooltips say more than the cell', () => {
  test.each<{ column: ColumnId; row: Partial<QueueRow>; en: string }>([
    { column: 'state', row: { state: 'ready' }, en: 'Waits for its first attempt' },
    { column: 'sender', row: { sender: '' }, en: 'A report: no sender, so that nothing is returned to it' },
    {
      column: 'recipient',
      row: { recipient: 'a@b.example', recipientCount: 2 },
      en: 'a@b.example and 1 more recipient',
    },
    {
      column: 'recipient',
      row: { recipient: 'a@b.example', recipientCount: 4 },
      en: 'a@b.example and 3 more recipients',
    },
    { column: 'size', row: { sizeBytes: 1_934 }, en: '1,934 bytes' },
    {
      column: 'nextAttempt',
      row: { state: 'held', nextAttemptAtMs: null },
      en: 'No attempt while the message is held',
    },
    { column: 'nextAttempt', row: { state: 'sending', nextAttemptAtMs: null }, en: 'An attempt is under way' },
    { column: 'nextAttempt', row: { state: 'ready', nextAttemptAtMs: 0 }, en: 'As soon as possible' },
    { column: 'lastError', row: { lastError: '451 4.7.1 Later' }, en: '451 4.7.1 Later' },
  ])('$column: $en', ({ column, row, en }) => {
    expect(plain(cellTooltip(queueColumns[column], queueRow(1, row), english))).toBe(en);
  });

  test('ages and next attempts tell the absolute time with its zone', () => {
    const row = queueRow(1, { receivedAtMs: nowMs - minuteMs, nextAttemptAtMs: nowMs + minuteMs });
    expect(cellTooltip(queueColumns.age, row, english)).toMatch(/Wednesday.*2 January 2030.*11:59:00 UTC/);
    expect(cellTooltip(queueColumns.nextAttempt, row, german)).toMatch(/Mittwoch, 2\. Januar 2030.*12:01:00 UTC/);
  });
});

test('files carry the time of the next attempt, not how far away it was', () => {
  const row = queueRow(1, { nextAttemptAtMs: nowMs + minuteMs });
  expect(cellExportText(queueColumns.nextAttempt, row, english)).toBe('02/01/2030, 12:01:00');
  expect(cellExportText(queueColumns.sender, row, english)).toBe('ca@ca01.example.org');
});

test.each([
  { tookMs: 0, en: '0 secs' },
  { tookMs: 870, en: '0.9 secs' },
  { tookMs: 61_000, en: '1 min' },
])('an attempt that took $tookMs ms: $en', ({ tookMs, en }) => {
  expect(plain(english.format.fineDuration(tookMs))).toBe(en);
});

test.each([
  { language: 'en', system: ['de-DE', 'en-GB'], locale: 'en-GB' },
  { language: 'de', system: ['de-AT'], locale: 'de-AT' },
  { language: 'de', system: ['en-US'], locale: 'de' },
])('dates in $language on a computer with $system are those of $locale', ({ language, system, locale }) => {
  expect(localeOf(language, system)).toBe(locale);
});
