/** The menu of the tray icon. Pure: what it does is passed in. */
import type { MenuItemConstructorOptions } from 'electron';
import type { ServerId } from '../../shared/contract/messages.ts';
import type { RelayStatus, ServerStatus } from '../../shared/contract/servers.ts';
import type { Texts } from '../../shared/texts/index.ts';
import { serverLineOf } from './relay-state.ts';

export interface TrayActions {
  readonly open: () => void;
  readonly start: (serverId: ServerId) => void;
  /** Asks first. */
  readonly stop: (serverId: ServerId) => void;
  readonly pause: (serverId: ServerId) => void;
  readonly retryAll: () => void;
  readonly startAtLogon: (enabled: boolean) => void;
  /** Asks first. */
  readonly quit: () => void;
}

export interface TrayMenuFacts {
  /** Null until it is known. */
  readonly status: RelayStatus | null;
  /** Null where the system keeps no such list. */
  readonly startsAtLogon: boolean | null;
  readonly texts: Texts;
}

export function trayMenu(
  { status, startsAtLogon, texts }: TrayMenuFacts,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const { tray } = texts.desktop;
  return [
    { id: 'open', label: tray.open, click: actions.open },
    { type: 'separator' },
    ...(status === null ? [] : relayItems(status, texts, actions)),
    ...(startsAtLogon === null
      ? []
      : [
          {
            id: 'startAtLogon',
            type: 'checkbox' as const,
            label: tray.startAtLogon,
            checked: startsAtLogon,
            click: () => actions.startAtLogon(!startsAtLogon),
          },
        ]),
    { id: 'quit', label: tray.quit, click: actions.quit },
  ];
}

function relayItems(status: RelayStatus, texts: Texts, actions: TrayActions): MenuItemConstructorOptions[] {
  const { servers } = status;
  const [first] = servers;
  const queued = servers.some(({ queue }) => queue.total > 0);
  return [
    ...(servers.length === 1 && first !== undefined
      ? serverItems(first, texts, actions)
      : servers.map((server) => ({
          id: `server-${server.id}`,
          // An ampersand would underline the next letter.
          label: serverLineOf(server, status, texts).replaceAll('&', '&&'),
          submenu: serverItems(server, texts, actions),
        }))),
    { id: 'retryAll', label: texts.desktop.tray.retryAll, enabled: queued, click: actions.retryAll },
    { type: 'separator' },
  ];
}

/** The same as in the console: choosing Pause again goes on. */
function serverItems(
  { id, state }: ServerStatus,
  { menus }: Texts,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  return [
    { id: `start-${id}`, label: menus.start, enabled: state === 'stopped', click: () => actions.start(id) },
    { id: `stop-${id}`, label: `${menus.stop}…`, enabled: state !== 'stopped', click: () => actions.stop(id) },
    {
      id: `pause-${id}`,
      type: 'checkbox',
      label: menus.pause,
      checked: state === 'paused',
      enabled: state !== 'stopped',
      click: () => (state === 'paused' ? actions.start(id) : actions.pause(id)),
    },
  ];
}
