/** The icon in the notification area: while the relay is hosted here, it is what is left of the closed window. */
import { join } from 'node:path';
import { Menu, Tray } from 'electron';
import type { Clock, Log } from '../base/ports.ts';
import type { HostedRelay } from './relay.ts';
import { relayStateOf, trayTextOf } from './relay-state.ts';
import type { DesktopTexts } from './texts.ts';

/** The queue may change with every message; the icon is looked at now and then. */
const refreshPauseMs = 2_000;

export interface RelayTrayOptions {
  readonly relay: HostedRelay;
  /** Holds `<state>.png` and `<state>@2x.png`. */
  readonly iconFolder: string;
  readonly texts: DesktopTexts;
  readonly clock: Clock;
  readonly log: Log;
  readonly open: () => void;
  readonly quit: () => void;
}

/** @returns the tray; whoever holds it keeps the icon alive. */
export function createRelayTray({ relay, iconFolder, texts, clock, log, open, quit }: RelayTrayOptions): Tray {
  const iconFile = (state: string): string => join(iconFolder, `${state}.png`);
  const tray = new Tray(iconFile('running'));
  tray.setToolTip(texts.productName);
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'open', label: texts.tray.open, click: open },
      { type: 'separator' },
      { id: 'quit', label: texts.tray.quit, click: quit },
    ]),
  );
  tray.on('click', open);

  const refresh = async (): Promise<void> => {
    try {
      const status = await relay.status();
      tray.setImage(iconFile(relayStateOf(status)));
      tray.setToolTip(`${texts.productName}\n${trayTextOf(status, texts)}`);
    } catch (error) {
      log.error('tray not refreshed', error);
    }
  };
  let waiting = false;
  relay.onChange(() => {
    if (waiting) return;
    waiting = true;
    clock.after(refreshPauseMs, () => {
      waiting = false;
      void refresh();
    });
  });
  void refresh();
  return tray;
}
