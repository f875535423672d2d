import { expect, test } from 'vitest';
import { sessionActions } from '../../../../renderer/sessions/session-actions.ts';
import type { Session } from '../../../../shared/contract/servers.ts';
import { areaTexts } from '../area-texts.ts';

const t = await areaTexts('en', 'sessions');
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
  { selected: [], count: 0, reasons: ['Select one or more sessions first.', 'Nobody is connected.'] },
  { selected: [], count: 2, reasons: ['Select one or more sessions first.', undefined] },
  { selected: [session], count: 2, reasons: [undefined, undefined] },
])('of $count sessions with $selected.length selected', ({ selected, count, reasons }) => {
  const actions = sessionActions(t, { selected, count }, () => {});
  expect(actions.map(({ disabledReason }) => disabledReason)).toEqual(reasons);
});

test('each action asks about its sessions', () => {
  const asked: unknown[] = [];
  const actions = sessionActions(t, { selected: [session], count: 2 }, (sessions) => asked.push(sessions));
  for (const { run } of actions) run();
  expect(asked).toEqual([[session], 'all']);
});
