import { describe, expect, test } from 'vitest';
import { logActions } from '../../../../renderer/log/log-actions.ts';
import { logColumnIds, logColumns, severityOf } from '../../../../renderer/log/log-columns.ts';
import { areaTexts } from '../area-texts.ts';
import { line } from './lines.ts';

const context = {
  t: await areaTexts('en', 'log'),
  time: (atMs: number) => new Date(atMs).toISOString().slice(11, 23),
  dateTime: (atMs: number) => new Date(atMs).toISOString(),
};

test.each([
  [
    line(1, { method: 'RCPT', query: 'TO:<a@b.example>', status: 550 }),
    ['12:00:00.251', 'Inbound', 'session-1', '127.0.0.1', 'CA01', 'RCPT TO:<a@b.example>', '550', '3 ms'],
  ],
  [
    line(2, { direction: 'outboundCommand', method: 'QUIT', user: '', status: 0, timeTakenMs: 0 }),
    ['12:00:00.252', 'Outbound', 'session-1', '127.0.0.1', '', 'QUIT', '', ''],
  ],
  [
    line(3, { direction: 'outboundResponse', method: '', query: '451 4.3.0 later', status: 451, user: '' }),
    ['12:00:00.253', 'Outbound reply', 'session-1', '127.0.0.1', '', '', '451 4.3.0 later', '3 ms'],
  ],
  [
    line(4, { method: '', query: 'disconnected', status: 0, timeTakenMs: 1_500 }),
    ['12:00:00.254', 'Inbound', 'session-1', '127.0.0.1', 'CA01', 'disconnected', '', '1,500 ms'],
  ],
])('line %#', (shown, cells) => {
  expect(logColumnIds.map((id) => logColumns[id].text(shown, context))).toEqual(cells);
});

test.each([
  [0, 'none'],
  [250, 'none'],
  [354, 'none'],
  [421, 'temporary'],
  [550, 'permanent'],
])('reply %i is a refusal: %s', (status, severity) => {
  expect(severityOf(line(1, { status }))).toBe(severity);
});

describe('the actions', async () => {
  const t = context.t;
  const tMenus = await areaTexts('en', 'menus');
  const disabled = (shown: number, selected: number): readonly string[] =>
    logActions({ t, tMenus, live: true, shown, selected }, () => {})
      .filter(({ disabledReason }) => disabledReason !== undefined)
      .map(({ id }) => id);

  test('an empty log can be filtered and refreshed, no more', () => {
    expect(disabled(0, 0)).toEqual(['clear', 'copy', 'selectAll', 'exportList']);
  });

  test('what is selected can be copied', () => {
    expect(disabled(2, 0)).toEqual(['copy']);
    expect(disabled(2, 1)).toEqual([]);
  });

  test('none is called as an action of the server', () => {
    const ids = logActions({ t, tMenus, live: false, shown: 0, selected: 0 }, () => {}).map(({ id }) => id);
    expect(ids.filter((id) => ['start', 'stop', 'pause', 'properties', 'delete'].includes(id))).toEqual([]);
  });
});
