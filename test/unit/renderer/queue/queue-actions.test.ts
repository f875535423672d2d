import { describe, expect, test } from 'vitest';
import { outcomeText } from '../../../../renderer/queue/outcome-text.ts';
import { type ActionState, type QueueActionId, queueActions } from '../../../../renderer/queue/queue-actions.ts';
import type { BulkOutcome, QueueRow } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';
import { queueRow } from './rows.ts';

const t = await areaTexts('en', 'queue');
const german = await areaTexts('de', 'queue');
const plain: ActionState = {
  t,
  selectedCount: 0,
  selectedRows: [],
  isEmpty: false,
  canUndo: false,
  isFiltered: false,
  destinationsShown: true,
};

const reasons = (
  selected: readonly Partial<QueueRow>[] | number,
  total = 100,
  change: Partial<ActionState> = {},
): Partial<Record<QueueActionId, string | undefined>> => {
  const rows = typeof selected === 'number' ? null : selected.map((change, number) => queueRow(number, change));
  const actions = queueActions(
    {
      ...plain,
      selectedCount: typeof selected === 'number' ? selected : selected.length,
      selectedRows: rows,
      isEmpty: total === 0,
      ...change,
    },
    () => {},
  );
  return Object.fromEntries(actions.map(({ id, disabledReason }) => [id, disabledReason]));
};

describe('what can be done', () => {
  test('with nothing selected only what concerns the list', () => {
    const none = 'Select one or more messages first.';
    expect(reasons([])).toEqual({
      retry: none,
      hold: none,
      release: none,
      changeRoute: none,
      delete: none,
      undo: 'Nothing was deleted here.',
      copy: none,
      selectAll: undefined,
      find: undefined,
      filter: undefined,
      clearFilter: 'No search and no filter is set.',
      explain: undefined,
      exportMessages: none,
      destinations: undefined,
      columns: undefined,
      exportList: undefined,
      refresh: undefined,
      properties: none,
    });
  });

  test('an empty list has nothing to export or select', () => {
    expect(reasons([], 0)).toMatchObject({ selectAll: 'The list is empty.', exportList: 'The list is empty.' });
  });

  test.each<{ states: QueueRow['state'][]; expected: Partial<Record<QueueActionId, string | undefined>> }>([
    { states: ['retry'], expected: { retry: undefined, hold: undefined, release: 'Not held.', delete: undefined } },
    { states: ['held'], expected: { retry: 'Held; release it first.', hold: 'Held already.', release: undefined } },
    { states: ['sending'], expected: { retry: 'Being sent right now.', delete: 'Being sent right now.' } },
    { states: ['failed'], expected: { changeRoute: 'Not tried any more.', delete: undefined } },
    { states: ['failed', 'held'], expected: { changeRoute: undefined } },
    { states: ['held', 'retry'], expected: { retry: undefined, hold: undefined, release: undefined } },
    { states: ['sending', 'retry'], expected: { retry: undefined, delete: undefined } },
  ])('with $states', ({ states, expected }) => {
    expect(reasons(states.map((state) => ({ state })))).toMatchObject(expected);
  });

  test('a deletion can be taken back, whatever is selected', () => {
    expect(reasons([], 0, { canUndo: true }).undo).toBeUndefined();
  });

  test('a filter is cleared when there is one', () => {
    expect(reasons([], 100, { isFiltered: true }).clearFilter).toBeUndefined();
  });

  test('the destinations are switched on and off', () => {
    const pressed = (destinationsShown: boolean) =>
      queueActions({ ...plain, destinationsShown }, () => {}).find(({ id }) => id === 'destinations')?.pressed;
    expect([pressed(true), pressed(false)]).toEqual([true, false]);
  });

  test('properties are of one message', () => {
    expect(reasons([{}]).properties).toBeUndefined();
    expect(reasons([{}, {}]).properties).toBe('Select a single message.');
  });

  test('what is not loaded is left to the relay to judge', () => {
    const many = reasons(90_000);
    for (const id of ['retry', 'hold', 'release', 'delete', 'copy'] as const) expect(many[id]).toBeUndefined();
  });

  test('an action runs under its own name, and its key is shown as the keyboard has it', () => {
    const ran: string[] = [];
    const actions = queueActions({ ...plain, t: german, selectedCount: 1, selectedRows: null }, (id) => ran.push(id));
    const action = actions.find(({ id }) => id === 'delete');
    action?.run();
    expect(ran).toEqual(['delete']);
    expect(action?.shortcut).toBe('Entf');
    expect(action?.separatorBefore).toBe(true);
  });
});

test.each<{ outcome: BulkOutcome; en: string; de: string }>([
  { outcome: { changed: 1, skipped: [] }, en: '1 message held', de: '1 Nachricht angehalten' },
  {
    outcome: { changed: 12, skipped: [{ reason: 'beingSent', count: 1 }] },
    en: '12 messages held, 1 skipped: being sent',
    de: '12 Nachrichten angehalten, 1 übersprungen: wird gerade gesendet',
  },
  {
    outcome: {
      changed: 98_765,
      skipped: [
        { reason: 'notFound', count: 1_234 },
        { reason: 'alreadySo', count: 0 },
        { reason: 'failed', count: 2 },
      ],
    },
    en: '98,765 messages held, 1,234 skipped: no longer in the queue, 2 skipped: the change could not be stored',
    de: '98.765 Nachrichten angehalten, 1.234 übersprungen: nicht mehr in der Warteschlange, 2 übersprungen: die Änderung konnte nicht gespeichert werden',
  },
  {
    outcome: { changed: 0, skipped: [{ reason: 'alreadySo', count: 3 }] },
    en: '0 messages held, 3 skipped: nothing to change',
    de: '0 Nachrichten angehalten, 3 übersprungen: nichts zu ändern',
  },
])('a bulk action says: $en', ({ outcome, en, de }) => {
  expect(outcomeText(t, 'hold', outcome)).toBe(en);
  expect(outcomeText(german, 'hold', outcome)).toBe(de);
});
