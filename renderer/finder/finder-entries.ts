/** Everything Ctrl+K leads to: commands of the menus, nodes of the tree, settings, pages of the help. Pure. */
import type { RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import { type SettingKey, settingKeys } from '../../shared/settings/server-settings.ts';
import type { SettingText } from '../../shared/texts/setting-texts.ts';
import type { BarMenu } from '../app/MenuBar.tsx';
import type { Place } from '../app/place.ts';
import { kindsOfServer } from '../app/place.ts';
import type { ViewAction } from '../app/view-chrome.tsx';
import type { HelpTopic } from '../help/topics.ts';
import { type SheetTab, sheetTabOf } from '../properties/sheet-tabs.ts';
import type { Findable } from './finder-match.ts';

export type FinderKind = 'command' | 'node' | 'setting' | 'help';

export interface FinderEntry extends Findable {
  /** Unique among the entries. */
  readonly id: string;
  readonly kind: FinderKind;
  /** Where it is: 'View', '[SMTP Virtual Server #1] > Delivery'. */
  readonly where: string;
  readonly shortcut?: string | undefined;
  /** Why it can't be used now. */
  readonly disabledReason?: string | undefined;
  readonly run: () => void;
}

/** Commands of all menus with those of their submenus; what is in two menus is listed once. */
export function commandEntries(menus: readonly BarMenu[]): readonly FinderEntry[] {
  const found = new Map<string, FinderEntry>();
  const add = (menu: BarMenu, action: ViewAction, path: readonly string[]): void => {
    const labels = [...path, action.label.replace(/…$/, '')];
    if (action.submenu !== undefined) {
      for (const child of action.submenu) add(menu, child, labels);
      return;
    }
    const label = labels.join(': ');
    if (found.has(label)) return;
    const { shortcut, disabledReason, run } = action;
    found.set(label, {
      ...{ id: `command/${menu.id}/${label}`, kind: 'command', label, further: [menu.label], where: menu.label },
      ...{ shortcut, disabledReason, run },
    });
  };
  for (const menu of menus) for (const action of menu.actions) add(menu, action, []);
  return [...found.values()];
}

export const nodeEntries = (
  status: RelayStatus,
  labelOf: (place: Place) => string,
  go: (place: Place) => void,
): readonly FinderEntry[] =>
  placesOf(status).map((place) => {
    const parent: Place | null =
      'serverId' in place && place.kind !== 'server' ? { kind: 'server', serverId: place.serverId } : null;
    const where = parent === null ? '' : labelOf(parent);
    const label = labelOf(place);
    return { id: `node/${where}/${label}`, kind: 'node', label, further: [where], where, run: () => go(place) };
  });

const placesOf = ({ servers }: RelayStatus): readonly Place[] => [
  { kind: 'root' },
  { kind: 'computer' },
  ...servers.flatMap(({ id: serverId }): readonly Place[] => [
    { kind: 'server', serverId },
    ...kindsOfServer.map((kind): Place => ({ kind, serverId })),
  ]),
];

/** Settings that are not on the property sheet: where they are changed. */
const placeOfSetting: Readonly<Partial<Record<SettingKey, 'server' | 'domains' | 'queue'>>> = {
  'general.name': 'server',
  'general.state': 'server',
  'delivery.frozen': 'queue',
};

export interface SettingEntryOptions {
  readonly server: Pick<ServerStatus, 'id'>;
  readonly serverCaption: string;
  readonly settingTexts: Readonly<Record<SettingKey, SettingText>>;
  readonly tabLabel: (tab: SheetTab) => string;
  readonly placeLabel: (place: Place) => string;
  readonly openSetting: (key: SettingKey) => void;
  readonly go: (place: Place) => void;
}

export const settingEntries = (options: SettingEntryOptions): readonly FinderEntry[] =>
  settingKeys.map((key) => {
    const { label, help } = options.settingTexts[key];
    const tab = sheetTabOf(key);
    const kind = placeOfSetting[key] ?? (tab === null ? 'domains' : null);
    const place: Place | null = kind === null ? null : { kind, serverId: options.server.id };
    const page = place === null ? (tab === null ? '' : options.tabLabel(tab)) : options.placeLabel(place);
    return {
      id: `setting/${key}`,
      kind: 'setting',
      label,
      further: [key, page, help],
      where: page === options.serverCaption ? page : `${options.serverCaption} > ${page}`,
      run: () => (place === null ? options.openSetting(key) : options.go(place)),
    };
  });

export const helpEntries = (
  topics: readonly HelpTopic[],
  titleOf: (topic: HelpTopic) => string,
  where: string,
  open: (topic: HelpTopic) => void,
): readonly FinderEntry[] =>
  topics.map((topic) => ({
    ...{ id: `help/${topic}`, kind: 'help', label: titleOf(topic), further: [where], where },
    run: () => open(topic),
  }));
