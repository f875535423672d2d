/** The tray of the application under test: nothing is drawn on the stand-in, so it is asked what would be. */
import { eventually } from '../fakes/relay-process.ts';
import type { StandInApplication } from './stand-in/launch.ts';

export interface TrayItem {
  readonly id: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
}

export interface TrayState {
  /** 'running.png' */
  readonly image: string;
  readonly toolTip: string;
  /** Those of submenus included, the menu's own first. */
  readonly items: readonly TrayItem[];
}

/** Null when there is none. */
export const trayOf = (application: StandInApplication): Promise<TrayState | null> =>
  application.inspect(({ standIn }) => {
    const tray = standIn.trays.find(({ destroyed }) => !destroyed);
    if (tray === undefined) return null;
    const items = tray.menu?.items ?? [];
    return {
      image: tray.image.split(/[\\/]/).at(-1) ?? '',
      toolTip: tray.toolTip,
      items: [...items, ...items.flatMap(({ submenu }) => submenu ?? [])]
        .filter(({ id }) => id !== undefined)
        .map(({ id = '', label = '', enabled = true, checked = false }) => ({ id, label, enabled, checked })),
    };
  }, null);

/** The tray follows the relay a moment later. */
export const trayBecomes = (
  application: StandInApplication,
  condition: (tray: TrayState) => boolean,
): Promise<TrayState | null> =>
  eventually(
    () => trayOf(application),
    (tray) => tray !== null && condition(tray),
  );

export const itemOf = (tray: TrayState | null, id: string): TrayItem | undefined =>
  tray?.items.find((item) => item.id === id);

/** As a person who opened the menu at this moment. */
export const clickTrayItem = (application: StandInApplication, id: string): Promise<void> =>
  application.inspect(({ standIn }, id) => {
    const items = standIn.trays[0]?.menu?.items ?? [];
    const item = [...items, ...items.flatMap(({ submenu }) => submenu ?? [])].find((one) => one.id === id);
    if (item === undefined) throw new Error(`the tray has no item ${id}`);
    item.click?.();
  }, id);
