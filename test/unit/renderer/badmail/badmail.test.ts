import { expect, test } from 'vitest';
import { badmailActions } from '../../../../renderer/badmail/badmail-actions.ts';
import {
  countText,
  outcomeText,
  recipientText,
  senderText,
  subjectText,
} from '../../../../renderer/badmail/badmail-texts.ts';
import type { BadmailRow } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';

const t = await areaTexts('en', 'badmail');
const tMenus = await areaTexts('en', 'menus');

const row = (more: Partial<BadmailRow> = {}): BadmailRow => ({
  name: '01KAT5Q2VFM8ZT4E000000BAD0',
  sender: 'ca@example.org',
  recipient: 'eva@example.org',
  recipientCount: 1,
  subject: 'issued',
  sizeBytes: 1_000,
  movedAtMs: 0,
  reason: 'It failed.',
  ...more,
});

test.each([
  [row(), 'ca@example.org, eva@example.org, issued'],
  [row({ sender: '', recipientCount: 3 }), '<>, eva@example.org and 2 more, issued'],
  [row({ recipient: '', recipientCount: 0, subject: '' }), 'ca@example.org, (not known), (no subject)'],
])('a message is shown by what is known of it', (shown, text) => {
  expect([senderText(t, shown), recipientText(t, shown), subjectText(t, shown)].join(', ')).toBe(text);
});

test('an outcome counts what changed and tells what did not', () => {
  expect(outcomeText(t, 'resubmit', { changed: 2, skipped: [{ reason: 'notFound', count: 1 }] })).toBe(
    '2 messages put into the queue, 1 skipped: no longer in the folder',
  );
  expect(outcomeText(t, 'delete', { changed: 1, skipped: [] })).toBe('1 message deleted');
});

test('a list that shows only the latest ones says so', () => {
  expect(countText(t, 3, 3)).toBe('3 messages');
  expect(countText(t, 1_000, 12_345)).toBe('the latest 1,000 of 12,345 messages');
});

test('what needs a message is off without one, and properties are of a single one', () => {
  const off = (selected: readonly BadmailRow[]): readonly string[] =>
    badmailActions({ t, tMenus }, selected, { resubmit: () => {}, delete: () => {}, properties: () => {} })
      .filter(({ disabledReason }) => disabledReason !== undefined)
      .map(({ id }) => id);
  expect(off([])).toEqual(['resubmit', 'delete', 'properties']);
  expect(off([row()])).toEqual([]);
  expect(off([row(), row({ name: 'other' })])).toEqual(['properties']);
});
