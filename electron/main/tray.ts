/** The icon in the notification area: while the relay is hosted here, it is what is left of the closed window. */
import { join } from 'node:path';
import { Menu, Tray } from 'electron';
import * as z from 'zod';
import type { RelayStatus } from '../../shared/contract/servers.ts';
import type { Clock, Log } from '../base/ports.ts';
import type { DesktopLanguage } from './desktop-language.ts';
import { readProfileFile, writeProfileFile } from './profile-file.ts';
import type { HostedRelay } from './relay.ts';
import { relayStateOf, toolTipOf } from './relay-state.ts';
import { type TrayActions, trayMenu } from './tray-menu.ts';

/** The queue may change with every message; the icon is looked at now and then. */
const refreshPauseMs = 2_000;

const hintSchema = z.object({ told: z.literal(true) });

export interface RelayTrayOptions {
  readonly relay: HostedRelay;
  /** Holds `<state>.png` and `<state>@2x.png`. */
  readonly iconFolder: string;
  readonly language: DesktopLanguage;
  readonly startsAtLogon: () => boolean | null;
  /** Remembers that people know of the icon. Null where the system has no balloons. */
  readonly hintFile: string | null;
  readonly actions: TrayActions;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whoever holds it keeps the icon alive. */
export interface RelayTray {
  /** The language or an option has changed, or something that was chosen here came to nothing. */
  redraw(): void;
  /** From now on only says that the relay is stopping. */
  stopping(): void;
  /** Once, for somebody who closes the window and may take the relay for ended. */
  tellThatRelayGoesOn(): void;
  destroy(): void;
}

export function createRelayTray(options: RelayTrayOptions): RelayTray {
  const { relay, iconFolder, language, startsAtLogon, hintFile, actions, clock, log } = options;
  const iconFile = (state: string): string => join(iconFolder, `${state}.png`);
  const tray = new Tray(iconFile('running'));
  let status: RelayStatus | null = null;
  let shownMenu = '';
  let ended = false;

  const draw = (): void => {
    if (ended) return;
    const { texts } = language;
    const menu = trayMenu({ status, startsAtLogon: startsAtLogon(), texts }, actions);
    // A new menu closes the one that somebody has just opened.
    const description = JSON.stringify(menu);
    if (description !== shownMenu) tray.setContextMenu(Menu.buildFromTemplate(menu));
    shownMenu = description;
    if (status !== null) tray.setImage(iconFile(relayStateOf(status)));
    tray.setToolTip(status === null ? texts.desktop.productName : toolTipOf(status, texts));
  };
  const refresh = async (): Promise<void> => {
    try {
      status = await relay.controls['status.get'](null);
      draw();
    } catch (error) {
      log.error('tray not refreshed', error);
    }
  };
  let waiting = false;
  relay.onChange(() => {
    if (waiting || ended) return;
    waiting = true;
    clock.after(refreshPauseMs, () => {
      waiting = false;
      void refresh();
    });
  });
  tray.on('click', actions.open);
  draw();
  void refresh();

  return {
    redraw() {
      shownMenu = ''; // a box that was ticked in vain must not stay ticked
      draw();
    },
    stopping() {
      ended = true;
      const { productName, tray: texts } = language.texts.desktop;
      tray.setContextMenu(Menu.buildFromTemplate([{ id: 'stopping', label: texts.stopping, enabled: false }]));
      tray.setImage(iconFile('stopped'));
      tray.setToolTip(`${productName}\n${texts.stopping}`);
    },
    tellThatRelayGoesOn() {
      if (hintFile === null || readProfileFile(hintFile, hintSchema) !== null) return;
      writeProfileFile(hintFile, { told: true });
      const { goesOn, goesOnDetail } = language.texts.desktop.tray;
      tray.displayBalloon({ iconType: 'info', title: goesOn, content: goesOnDetail });
    },
    destroy() {
      ended = true;
      tray.destroy();
    },
  };
}
