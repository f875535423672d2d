import { expect, test } from 'vitest';
import { sessionActions } from '../../../../renderer/sessions/session-actions.ts';
import type { Session } from '../../../../shared/contract/servers.ts';
import { areaTexts } from '../area-texts.ts';

const t = await areaTexts('en', 'sessions');
const nothing = (): void => {};
const session: Session = {
  id: 'in-1',
  direction: 'inbound',
  user: 'ca01',
  peer: '127.0.0.1',
  startedAtMs: 0,
  phase: 'DATA',
  messages: 0,
  encrypted: false,
};

test.each([
  { selected: [], count: 0, reasons: ['Select one or more sessions first.', 'Nobody is connected.', undefined] },
  { selected: [], count: 2, reasons: ['Select one or more sessions first.', undefined, undefined] },
  { selected: [session], count: 2, reasons: [undefined, undefined, undefined] },
])('of $count sessions with $selected.length selected', ({ selected, count, reasons }) => {
  const actions = sessionActions(t, { selected, count, live: true }, nothing, nothing);
  expect(actions.map(({ disabledReason }) => disabledReason)).toEqual(reasons);
});

test('each action asks about its sessions', () => {
  const asked: unknown[] = [];
  const shown = { selected: [session], count: 2, live: true };
  const actions = sessionActions(t, shown, (sessions) => asked.push(sessions), nothing);
  for (const { run } of actions) run();
  expect(asked).toEqual([[session], 'all']);
});

test.each([true, false])('Live shows whether the list refreshes itself (%s) and turns it round', (live) => {
  let turned = 0;
  const actions = sessionActions(t, { selected: [], count: 0, live }, nothing, () => {
    turned += 1;
  });
  const action = actions.find(({ id }) => id === 'live');
  action?.run();
  expect(action?.pressed).toBe(live);
  expect(turned).toBe(1);
});
