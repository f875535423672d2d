import { describe, expect, test } from 'vitest';
import { type DestinationActionId, destinationActions } from '../../../../renderer/queue/destination-actions.ts';
import {
  destinationColumnIds,
  destinationColumns,
  destinationPlaces,
  inFormerOrder,
  sortedDestinations,
} from '../../../../renderer/queue/destination-columns.ts';
import {
  highestPanePx,
  lowestPanePx,
  parseDestinationsLayout,
} from '../../../../renderer/queue/destinations-layout.ts';
import { createQueueFormat } from '../../../../renderer/queue/format.ts';
import type { DestinationRow } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';

const t = await areaTexts('en', 'queue');
const german = await areaTexts('de', 'queue');
const nowMs = Date.parse('2030-01-03T00:00:00Z');
const noMail = { total: 0, ready: 0, sending: 0, retry: 0, held: 0, failed: 0 };

const destination = (change: Partial<DestinationRow> = {}): DestinationRow => ({
  nextHop: 'mail.example.org',
  state: 'retry',
  counts: { ...noMail, total: 1_234, retry: 1_200, held: 34 },
  sizeBytes: 5_242_880,
  oldestReceivedAtMs: Date.parse('2030-01-01T22:00:00Z'),
  lastError: '451 4.7.1 Try again later',
  nextAttemptAtMs: nowMs + 300_000,
  downSinceMs: null,
  connections: 0,
  ...change,
});

const texts = (row: DestinationRow) => {
  const context = { t, format: createQueueFormat('en', 'UTC'), nowMs };
  return Object.fromEntries(destinationColumns.map(({ id, text }) => [id, text(row, context)]));
};

test('a line tells what waits, since when and why', () => {
  expect(texts(destination())).toEqual({
    nextHop: 'mail.example.org',
    state: 'Retry',
    total: '1,234',
    oldest: '1 day 2 hr',
    nextAttempt: 'in 5 min',
    lastError: '451 4.7.1 Try again later',
    ready: '',
    sending: '',
    retry: '1,200',
    held: '34',
    failed: '',
    size: '5 MB',
    connections: '',
  });
});

test('where nothing waits the line is empty but for its count', () => {
  const empty = destination({
    state: 'frozen',
    counts: noMail,
    sizeBytes: 0,
    oldestReceivedAtMs: null,
    lastError: null,
    nextAttemptAtMs: null,
  });
  expect(texts(empty)).toMatchObject({ state: 'Frozen', total: '0', oldest: '', nextAttempt: '', lastError: '' });
});

test('a destination that is down tells since when', () => {
  const column = destinationColumns.find(({ id }) => id === 'state');
  const row = destination({ state: 'down', downSinceMs: Date.parse('2030-01-02T21:00:00Z') });
  expect(column?.tooltip?.(row, { t, format: createQueueFormat('en', 'UTC'), nowMs })).toBe(
    'It cannot be reached; its mail waits until it answers again. Down since Wednesday, January 2, 2030 at 9:00:00 PM UTC.',
  );
});

test('every column has a heading and room for it in both languages', () => {
  for (const texts of [t, german]) {
    const places = destinationPlaces(texts);
    expect(places.map(({ id }) => id)).toEqual(destinationColumnIds);
    expect(places.filter(({ heading, widthPx }) => widthPx < heading.length * 7)).toEqual([]);
  }
});

describe('the order of the lines', () => {
  const rows = [
    destination({ nextHop: 'b', sizeBytes: 1, oldestReceivedAtMs: 2_000, lastError: null }),
    destination({ nextHop: 'A', sizeBytes: 3, oldestReceivedAtMs: null, lastError: 'x' }),
    destination({ nextHop: 'c', sizeBytes: 2, oldestReceivedAtMs: 1_000, lastError: 'Y' }),
  ];
  const order = (by: string, descending: boolean) =>
    sortedDestinations(rows, { by, descending }).map(({ nextHop }) => nextHop);

  test('is that of the relay until a head is clicked', () => {
    expect(sortedDestinations(rows, null)).toBe(rows);
    expect(order('nonsense', false)).toEqual(['b', 'A', 'c']);
  });

  test.each([
    ['nextHop', false, ['A', 'b', 'c']],
    ['size', true, ['A', 'c', 'b']],
    // Ages grow as moments go back; who has none comes last.
    ['oldest', false, ['b', 'c', 'A']],
    ['oldest', true, ['c', 'b', 'A']],
    ['lastError', true, ['c', 'A', 'b']],
  ])('by %s, descending %s', (by, descending, expected) => {
    expect(order(by, descending)).toEqual(expected);
  });

  test('stays while somebody points at it: new lines come at the end', () => {
    const [b, a, c] = rows as [DestinationRow, DestinationRow, DestinationRow];
    const fresh = destination({ nextHop: 'new' });
    const kept = inFormerOrder([fresh, { ...c, sizeBytes: 9 }, b], [b, a, c]);
    expect(kept.map(({ nextHop }) => nextHop)).toEqual(['b', 'c', 'new']);
    expect(kept[1]?.sizeBytes).toBe(9);
  });
});

describe('what can be done with a destination', () => {
  const reasons = (selected: DestinationRow | undefined, isFiltered = true) =>
    Object.fromEntries(
      destinationActions({ t, selected, isFiltered }, () => {}).map(({ id, disabledReason }) => [id, disabledReason]),
    ) as Record<DestinationActionId, string | undefined>;

  test('nothing without a selection', () => {
    const none = 'Select a destination first.';
    expect(reasons(undefined, false)).toEqual({
      forceConnection: none,
      freeze: none,
      unfreeze: none,
      delete: none,
      findMessages: none,
      showAll: 'The messages of all destinations are shown.',
    });
  });

  test('one that waits is forced, frozen, emptied and searched', () => {
    expect(reasons(destination())).toEqual({
      forceConnection: undefined,
      freeze: undefined,
      unfreeze: 'Not frozen.',
      delete: undefined,
      findMessages: undefined,
      showAll: undefined,
    });
  });

  test('a frozen one is unfrozen before it is forced', () => {
    expect(reasons(destination({ state: 'frozen' }))).toMatchObject({
      forceConnection: 'Frozen; unfreeze it first.',
      freeze: 'Frozen already.',
      unfreeze: undefined,
    });
  });

  test('without mail there is nothing to force and nothing to delete', () => {
    const nothing = 'No mail waits for it.';
    const empty = destination({ counts: noMail });
    expect(reasons(empty)).toMatchObject({ forceConnection: nothing, delete: nothing, freeze: undefined });
  });

  test('mail that is held altogether is not forced', () => {
    const held = destination({ state: 'held', counts: { ...noMail, total: 3, held: 3 } });
    expect(reasons(held).forceConnection).toBe('All its mail is held; release it first.');
  });

  test('what has no name is not frozen', () => {
    expect(reasons(destination({ nextHop: '' })).freeze).toBe('It has no name, so it cannot be frozen.');
  });

  test('Del deletes, and each action runs under its own name', () => {
    const ran: string[] = [];
    const actions = destinationActions({ t, selected: destination(), isFiltered: true }, (id) => ran.push(id));
    for (const action of actions) action.run();
    expect(ran).toEqual(['forceConnection', 'freeze', 'unfreeze', 'delete', 'findMessages', 'showAll']);
    expect(actions.find(({ id }) => id === 'delete')).toMatchObject({ label: 'Delete All Messages…', shortcut: 'Del' });
  });
});

describe('the pane as it was left', () => {
  test('comes back', () => {
    const layout = {
      shown: false,
      heightPx: 200,
      list: { widths: { state: 90 }, sort: { by: 'size', descending: true } },
    };
    expect(parseDestinationsLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });

  test.each([undefined, 7, { heightPx: lowestPanePx - 1 }, { heightPx: highestPanePx + 1 }, { heightPx: 'tall' }])(
    '%j: shown in its usual height',
    (raw) => {
      expect(parseDestinationsLayout(raw)).toEqual({ shown: true, heightPx: 122, list: { widths: {}, sort: null } });
    },
  );
});
