/** What belongs to the operating system: menus, tray, boxes, screens. Nothing is shown; tests look at what was asked for. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { strict, strictClass } from './strict.ts';

export interface MenuItemOptions {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly checked?: boolean;
  readonly enabled?: boolean;
  readonly submenu?: readonly MenuItemOptions[];
  readonly click?: () => void;
}

export interface Menu {
  readonly items: readonly MenuItemOptions[];
}

export interface BoxRecord {
  readonly kind: 'message' | 'error';
  readonly title: string;
  readonly text: string;
}

/** As Electron, which fails for an image that it can't load. */
function existing(image: string): string {
  if (!existsSync(image)) throw new Error(`Failed to load image from path '${image}'`);
  return image;
}

export class StandInTray extends EventEmitter {
  image: string;
  toolTip = '';
  menu: Menu | null = null;
  destroyed = false;
  readonly balloons: string[] = [];

  constructor(image: string) {
    super();
    this.image = existing(image);
  }
  setImage(image: string): void {
    this.image = existing(image);
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }
  displayBalloon({ title }: { readonly title: string }): void {
    this.balloons.push(title);
  }
  destroy(): void {
    this.destroyed = true;
  }
}
strictClass(StandInTray, 'Tray');

export type TrayClass = new (image: string) => StandInTray;

interface MessageBoxOptions {
  readonly title?: string;
  readonly message: string;
  readonly cancelId?: number;
}

/** What the application asked the operating system for; tests look at it. */
export interface SystemRecord {
  readonly trays: StandInTray[];
  readonly boxes: BoxRecord[];
  applicationMenu: Menu | null | undefined;
  /** What each further start told this one. */
  readonly secondStarts: unknown[];
}

export function createSystem(record: SystemRecord) {
  const Tray: TrayClass = class extends StandInTray {
    constructor(image: string) {
      super(image);
      record.trays.push(this);
    }
  };
  const dialog = strict('dialog', {
    /** Nobody sits before it: the answer is Cancel, unless a test replaces the function as it would on the real runtime. */
    async showMessageBox(...args: readonly unknown[]) {
      const { title = '', message, cancelId = 0 } = args.at(-1) as MessageBoxOptions;
      record.boxes.push({ kind: 'message', title, text: message });
      return { response: cancelId, checkboxChecked: false };
    },
    showErrorBox(title: string, text: string) {
      record.boxes.push({ kind: 'error', title, text });
      process.stderr.write(`error box: ${title}: ${text}\n`);
    },
  });
  const screen = strict('screen', {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }],
  });
  const Menu = strict('Menu', {
    buildFromTemplate: (items: readonly MenuItemOptions[]): Menu => ({ items }),
    setApplicationMenu: (menu: Menu | null) => {
      record.applicationMenu = menu;
    },
  });
  class PowerMonitor extends EventEmitter {}
  strictClass(PowerMonitor, 'powerMonitor');
  const nativeTheme = strict('nativeTheme', { shouldUseDarkColors: false });
  return { Menu, Tray, dialog, screen, nativeTheme, powerMonitor: new PowerMonitor() };
}
