import { expect, test, vi } from 'vitest';
import type { Place } from '../../../../renderer/app/place.ts';
import {
  commandEntries,
  helpEntries,
  nodeEntries,
  settingEntries,
} from '../../../../renderer/finder/finder-entries.ts';
import type { RelayStatus } from '../../../../shared/contract/servers.ts';
import { settingKeys } from '../../../../shared/settings/server-settings.ts';
import { texts } from '../../../../shared/texts/index.ts';

const action = (label: string, more = {}) => ({ id: label, label, run: vi.fn(), ...more });
const labelOf = (place: Place): string => ('serverId' in place ? `${place.kind} ${place.serverId}` : place.kind);

test('commands of submenus are named with their menu; what is in two menus is listed once', () => {
  const dark = action('Dark');
  const entries = commandEntries([
    { id: 'file', label: 'File', actions: [action('Export List…', { shortcut: 'Ctrl+S' })] },
    {
      id: 'action',
      label: 'Action',
      actions: [action('Export List…'), action('Stop', { disabledReason: 'Stopped.' })],
    },
    { id: 'view', label: 'View', actions: [action('Theme', { submenu: [dark] })] },
  ]);
  expect(entries.map(({ label, where }) => `${where}/${label}`)).toEqual([
    'File/Export List',
    'Action/Stop',
    'View/Theme: Dark',
  ]);
  expect(entries[0]?.shortcut).toBe('Ctrl+S');
  expect(entries[1]?.disabledReason).toBe('Stopped.');
  entries[2]?.run();
  expect(dark.run).toHaveBeenCalledOnce();
});

test('every node of every server is found and led to', () => {
  const go = vi.fn();
  const status = { servers: [{ id: '1' }, { id: '2' }] } as unknown as RelayStatus;
  const entries = nodeEntries(status, labelOf, go);
  const kinds = ['server', 'domains', 'sessions', 'queue', 'badmail', 'log'];
  expect(entries.map(({ label }) => label)).toEqual([
    ...['root', 'computer'],
    ...['1', '2'].flatMap((id) => kinds.map((kind) => `${kind} ${id}`)),
  ]);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  entries.find(({ label }) => label === 'queue 2')?.run();
  expect(go).toHaveBeenCalledWith({ kind: 'queue', serverId: '2' });
});

test('every setting leads to its field, or to the node where it is changed', () => {
  const openSetting = vi.fn();
  const go = vi.fn();
  const entries = settingEntries({
    server: { id: '1' },
    serverCaption: '[S]',
    settingTexts: texts.en.settings,
    tabLabel: (tab) => texts.en.properties.tab[tab],
    placeLabel: labelOf,
    openSetting,
    go,
  });
  expect(entries).toHaveLength(settingKeys.length);
  const smartHosts = entries.find(({ id }) => id === 'setting/delivery.smartHosts');
  expect(smartHosts?.where).toBe('[S] > Delivery');
  smartHosts?.run();
  expect(openSetting).toHaveBeenCalledWith('delivery.smartHosts');
  entries.find(({ id }) => id === 'setting/domains.aliases')?.run();
  entries.find(({ id }) => id === 'setting/general.state')?.run();
  entries.find(({ id }) => id === 'setting/delivery.frozen')?.run();
  expect(go.mock.calls.map(([place]) => (place as Place).kind)).toEqual(['domains', 'server', 'queue']);
});

test('pages of the help are found by their title', () => {
  const open = vi.fn();
  const [page] = helpEntries(['relay'], (topic) => `About ${topic}`, 'Help', open);
  expect(page?.label).toBe('About relay');
  page?.run();
  expect(open).toHaveBeenCalledWith('relay');
});
