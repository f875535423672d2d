import { expect, test } from 'vitest';
import { type Deletion, deletionOf, restoredText, withoutLatest } from '../../../../renderer/queue/deletions.ts';
import type { BulkOutcome } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';

const changed = (count: number): BulkOutcome => ({ changed: count, skipped: [] });
const these: Deletion = { count: 2, reach: 'these', targets: [{ ids: ['A'] }] };
const everything: Deletion = { count: 9, reach: 'everything', targets: [{ all: true }] };

test('messages that were chosen are taken back by their ids', () => {
  expect(deletionOf([{ ids: ['A', 'B'] }, { ids: ['C'] }], changed(3))).toEqual({
    count: 3,
    reach: 'these',
    targets: [{ ids: ['A', 'B'] }, { ids: ['C'] }],
  });
});

test('what a filter deleted is taken back with everything there is', () => {
  expect(deletionOf([{ filter: { search: 'x' }, except: ['A'] }], changed(9))).toEqual(everything);
});

test('where nothing was deleted there is nothing to take back', () => {
  expect(deletionOf([{ ids: ['A'] }], { changed: 0, skipped: [{ reason: 'beingSent', count: 1 }] })).toBeNull();
});

test('taking back goes from the latest to the earliest, and everything leaves nothing', () => {
  expect(withoutLatest([everything, these])).toEqual([everything]);
  expect(withoutLatest([these, everything])).toEqual([]);
});

test.each([
  [2, 'en', '2 messages taken back into the queue'],
  [1, 'en', '1 message taken back into the queue, 1 could not be taken back'],
  [5, 'en', '5 messages taken back into the queue'],
  [1, 'de', '1 Nachricht in die Warteschlange zurückgeholt, 1 nicht mehr zurückzuholen'],
] as const)('%i of 2 in %s: %s', async (count, language, text) => {
  // One that was being sent stayed in the queue and is not in the trash; it is not told as missing.
  const outcome: BulkOutcome = { changed: count, skipped: [{ reason: 'notFound', count: 1 }] };
  expect(restoredText(await areaTexts(language, 'queue'), these, outcome)).toBe(text);
});
