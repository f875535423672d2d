import { describe, expect, test } from 'vitest';
import {
  type Chosen,
  chosenCount,
  emptySelection,
  isChosen,
  queueTargets,
  type Selection,
  type SelectionEvent,
  select,
  sumOutcomes,
} from '../../../../renderer/queue/selection.ts';

const at = (index: number) => ({ index, id: `id${index}` });
const outcomeOf = (...events: readonly SelectionEvent[]): Selection => events.reduce(select, emptySelection);
const ids = (chosen: Chosen): unknown => (chosen.kind === 'ids' ? [...chosen.ids] : { allBut: [...chosen.except] });

describe('gestures', () => {
  test.each<{ name: string; events: SelectionEvent[]; chosen: unknown; focus: number; anchor: number }>([
    {
      name: 'a click selects one row only',
      events: [
        { type: 'only', place: at(1) },
        { type: 'only', place: at(4) },
      ],
      chosen: ['id4'],
      focus: 4,
      anchor: 4,
    },
    {
      name: 'Ctrl+click adds a row',
      events: [
        { type: 'only', place: at(1) },
        { type: 'toggle', place: at(4) },
      ],
      chosen: ['id1', 'id4'],
      focus: 4,
      anchor: 4,
    },
    {
      name: 'Ctrl+click on a selected row takes it out',
      events: [
        { type: 'only', place: at(1) },
        { type: 'toggle', place: at(1) },
      ],
      chosen: [],
      focus: 1,
      anchor: 1,
    },
    {
      name: 'Shift+click selects from the anchor, which stays',
      events: [
        { type: 'only', place: at(5) },
        { type: 'range', place: at(3), ids: ['id3', 'id4', 'id5'], add: false },
      ],
      chosen: ['id3', 'id4', 'id5'],
      focus: 3,
      anchor: 5,
    },
    {
      name: 'a second Shift+click replaces the first range',
      events: [
        { type: 'only', place: at(5) },
        { type: 'range', place: at(3), ids: ['id3', 'id4', 'id5'], add: false },
        { type: 'range', place: at(6), ids: ['id5', 'id6'], add: false },
      ],
      chosen: ['id5', 'id6'],
      focus: 6,
      anchor: 5,
    },
    {
      name: 'Ctrl+Shift+click adds a range to what was selected',
      events: [
        { type: 'only', place: at(1) },
        { type: 'toggle', place: at(5) },
        { type: 'range', place: at(6), ids: ['id5', 'id6'], add: true },
      ],
      chosen: ['id1', 'id5', 'id6'],
      focus: 6,
      anchor: 5,
    },
    {
      name: 'Ctrl+arrow moves the focus only',
      events: [
        { type: 'only', place: at(1) },
        { type: 'focus', place: at(2) },
      ],
      chosen: ['id1'],
      focus: 2,
      anchor: 1,
    },
    {
      name: 'Ctrl+A selects rows that are not loaded as well, and keeps the focus',
      events: [{ type: 'only', place: at(1) }, { type: 'all' }],
      chosen: { allBut: [] },
      focus: 1,
      anchor: 1,
    },
    {
      name: 'Ctrl+click after Ctrl+A leaves one out',
      events: [{ type: 'all' }, { type: 'toggle', place: at(7) }],
      chosen: { allBut: ['id7'] },
      focus: 7,
      anchor: 7,
    },
    {
      name: 'a range added after Ctrl+A takes its rows back in',
      events: [
        { type: 'all' },
        { type: 'toggle', place: at(7) },
        { type: 'range', place: at(8), ids: ['id7', 'id8'], add: true },
      ],
      chosen: { allBut: [] },
      focus: 8,
      anchor: 7,
    },
    {
      name: 'a click after Ctrl+A selects one row only',
      events: [{ type: 'all' }, { type: 'only', place: at(0) }],
      chosen: ['id0'],
      focus: 0,
      anchor: 0,
    },
    {
      name: 'a row that is not loaded yet is focused and not selected',
      events: [{ type: 'only', place: { index: 900, id: null } }],
      chosen: [],
      focus: 900,
      anchor: 900,
    },
    {
      name: 'clearing keeps the focus',
      events: [{ type: 'only', place: at(3) }, { type: 'none' }],
      chosen: [],
      focus: 3,
      anchor: 3,
    },
  ])('$name', ({ events, chosen, focus, anchor }) => {
    const selection = outcomeOf(...events);
    expect(ids(selection.chosen)).toEqual(chosen);
    expect(selection.focus?.index).toBe(focus);
    expect(selection.anchor?.index).toBe(anchor);
  });
});

describe('fresh rows', () => {
  const seen = (complete: boolean, ...rows: readonly string[]): SelectionEvent => ({
    type: 'seen',
    rows: new Map(rows.map((id, index) => [id, index])),
    complete,
  });

  test('focus and anchor follow their message', () => {
    const selection = outcomeOf({ type: 'only', place: at(1) }, seen(true, 'new', 'id0', 'id1'));
    expect(selection.focus).toEqual({ index: 2, id: 'id1' });
    expect(selection.anchor).toEqual({ index: 2, id: 'id1' });
    expect(ids(selection.chosen)).toEqual(['id1']);
  });

  test('a message that left gives its place to the next one, and is no longer selected', () => {
    const selection = outcomeOf({ type: 'only', place: at(1) }, seen(true, 'id0', 'id2', 'id3'));
    expect(selection.focus).toEqual({ index: 1, id: 'id2' });
    expect(ids(selection.chosen)).toEqual([]);
  });

  test('at the end of the list the last row takes the place', () => {
    const selection = outcomeOf({ type: 'only', place: at(3) }, seen(true, 'id0', 'id1'));
    expect(selection.focus).toEqual({ index: 1, id: 'id1' });
  });

  test('an empty list has no focus', () => {
    const selection = outcomeOf({ type: 'only', place: at(3) }, seen(true));
    expect(selection.focus).toBeNull();
    expect(selection.anchor).toBeNull();
  });

  test('what is not loaded may still be in the queue: it stays selected', () => {
    const selection = outcomeOf({ type: 'only', place: at(700) }, seen(false, 'id0', 'id1'));
    expect(selection.focus).toEqual(at(700));
    expect(ids(selection.chosen)).toEqual(['id700']);
  });

  test('a place without id gets the id that is loaded there', () => {
    const selection = outcomeOf({ type: 'focus', place: { index: 1, id: null } }, seen(false, 'id0', 'id1'));
    expect(selection.focus).toEqual({ index: 1, id: 'id1' });
  });

  test('exceptions that left the queue no longer reduce the count', () => {
    const selection = outcomeOf({ type: 'all' }, { type: 'toggle', place: at(9) }, seen(true, 'id0', 'id1'));
    expect(chosenCount(selection.chosen, 2)).toBe(2);
  });

  test('nothing is drawn again when nothing moved', () => {
    const before = outcomeOf({ type: 'only', place: at(1) });
    expect(select(before, seen(true, 'id0', 'id1'))).toBe(before);
  });
});

describe('what an action applies to', () => {
  const filter = { search: 'crl' };

  test.each<{ name: string; chosen: Chosen; total: number; count: number; targets: unknown }>([
    { name: 'nothing', chosen: { kind: 'ids', ids: new Set() }, total: 9, count: 0, targets: [] },
    {
      name: 'single messages',
      chosen: { kind: 'ids', ids: new Set(['a', 'b']) },
      total: 9,
      count: 2,
      targets: [{ ids: ['a', 'b'] }],
    },
    {
      name: 'everything the filter matches',
      chosen: { kind: 'all', except: new Set() },
      total: 90_000,
      count: 90_000,
      targets: [{ filter }],
    },
    {
      name: 'everything but two',
      chosen: { kind: 'all', except: new Set(['a', 'b']) },
      total: 9,
      count: 7,
      targets: [{ filter, except: ['a', 'b'] }],
    },
    {
      name: 'everything, when the list shrank below the exceptions',
      chosen: { kind: 'all', except: new Set(['a', 'b']) },
      total: 1,
      count: 0,
      targets: [{ filter, except: ['a', 'b'] }],
    },
  ])('$name', ({ chosen, total, count, targets }) => {
    expect(chosenCount(chosen, total)).toBe(count);
    expect(queueTargets(chosen, filter)).toEqual(targets);
  });

  test('very many single messages go in several calls, none lost', () => {
    const many = Array.from({ length: 50_001 }, (_, index) => `id${index}`);
    const targets = queueTargets({ kind: 'ids', ids: new Set(many) }, {});
    expect(targets.length).toBe(3);
    expect(targets.flatMap((target) => ('ids' in target ? target.ids : []))).toEqual(many);
  });

  test('a row counts as selected by id, or as everything but the exceptions', () => {
    expect(isChosen({ kind: 'ids', ids: new Set(['a']) }, 'a')).toBe(true);
    expect(isChosen({ kind: 'ids', ids: new Set(['a']) }, 'b')).toBe(false);
    expect(isChosen({ kind: 'all', except: new Set(['a']) }, 'a')).toBe(false);
    expect(isChosen({ kind: 'all', except: new Set(['a']) }, 'b')).toBe(true);
  });

  test('outcomes of several calls add up by reason', () => {
    expect(
      sumOutcomes([
        { changed: 2, skipped: [{ reason: 'beingSent', count: 1 }] },
        {
          changed: 3,
          skipped: [
            { reason: 'notFound', count: 4 },
            { reason: 'beingSent', count: 5 },
          ],
        },
      ]),
    ).toEqual({
      changed: 5,
      skipped: [
        { reason: 'beingSent', count: 6 },
        { reason: 'notFound', count: 4 },
      ],
    });
  });
});
