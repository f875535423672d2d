import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { type TrayActions, type TrayMenuFacts, trayMenu } from '../../../electron/main/tray-menu.ts';
import { texts } from '../../../shared/texts/index.ts';
import { relayStatus, serverStatus } from './relay-status.ts';

function build(facts: Partial<TrayMenuFacts> = {}) {
  const chosen: string[] = [];
  const actions: TrayActions = {
    open: () => chosen.push('open'),
    start: (id) => chosen.push(`start ${id}`),
    stop: (id) => chosen.push(`stop ${id}`),
    pause: (id) => chosen.push(`pause ${id}`),
    retryAll: () => chosen.push('retryAll'),
    startAtLogon: (enabled) => chosen.push(`startAtLogon ${enabled}`),
    quit: () => chosen.push('quit'),
  };
  const items = trayMenu({ status: relayStatus(), startsAtLogon: false, texts: texts.en, ...facts }, actions);
  const find = (id: string): MenuItemConstructorOptions => {
    const found = [...items, ...items.flatMap(submenuOf)].find((item) => item.id === id);
    if (found === undefined) throw new Error(`no item ${id}`);
    return found;
  };
  /** As Electron calls it; none of ours looks at what it passes. */
  const click = (id: string): void => (find(id).click as (() => void) | undefined)?.();
  return { items, find, click, chosen };
}

const submenuOf = ({ submenu }: MenuItemConstructorOptions): MenuItemConstructorOptions[] =>
  Array.isArray(submenu) ? submenu : [];

const idsOf = (items: readonly MenuItemConstructorOptions[]) => items.map(({ id, type }) => id ?? type);

test('one server is handled in the menu itself', () => {
  const { items } = build();
  expect(idsOf(items)).toEqual([
    'open',
    'separator',
    'start-1',
    'stop-1',
    'pause-1',
    'retryAll',
    'separator',
    'startAtLogon',
    'quit',
  ]);
});

test('each of several servers has a submenu that names its state', () => {
  const servers = [serverStatus({ name: 'CA & RA' }), serverStatus({ id: '2', name: 'Two', state: 'stopped' })];
  const { items, find } = build({ status: relayStatus({ servers }) });
  expect(idsOf(items)).toContain('server-2');
  expect(find('server-1').label).toBe('CA && RA: running, 0 queued');
  expect(idsOf(submenuOf(find('server-2')))).toEqual(['start-2', 'stop-2', 'pause-2']);
});

test.each([
  { state: 'started', enabled: ['stop-1', 'pause-1'], paused: false },
  { state: 'paused', enabled: ['stop-1', 'pause-1'], paused: true },
  { state: 'stopped', enabled: ['start-1'], paused: false },
] as const)('of a server that is $state: $enabled', ({ state, enabled, paused }) => {
  const { find } = build({ status: relayStatus({ servers: [serverStatus({ state })] }) });
  const ids = ['start-1', 'stop-1', 'pause-1'];
  expect(ids.filter((id) => find(id).enabled === true)).toEqual(enabled);
  expect(find('pause-1').checked).toBe(paused);
});

test('each item does what it says; Pause on a paused server goes on', () => {
  const servers = [serverStatus(), serverStatus({ id: '2', state: 'paused' })];
  const { click, chosen } = build({ status: relayStatus({ servers }) });
  for (const id of ['open', 'stop-1', 'pause-1', 'start-2', 'pause-2', 'retryAll', 'startAtLogon', 'quit']) click(id);
  expect(chosen).toEqual(['open', 'stop 1', 'pause 1', 'start 2', 'start 2', 'retryAll', 'startAtLogon true', 'quit']);
});

test('Retry all is there for mail that waits', () => {
  expect(build().find('retryAll').enabled).toBe(false);
  const servers = [serverStatus(), serverStatus({ id: '2', queued: 1 })];
  expect(build({ status: relayStatus({ servers }) }).find('retryAll').enabled).toBe(true);
});

test('the option to start at logon is ticked, or missing where the system has no list', () => {
  expect(build({ startsAtLogon: true }).find('startAtLogon').checked).toBe(true);
  expect(idsOf(build({ startsAtLogon: null }).items)).not.toContain('startAtLogon');
});

test('before the state is known the menu opens the console and quits', () => {
  expect(idsOf(build({ status: null, startsAtLogon: null }).items)).toEqual(['open', 'separator', 'quit']);
});
