import { Menu, type MenuItemConstructorOptions } from 'electron';

/** macOS takes Cmd+C, Cmd+Q and the like from its menu bar. */
const macMenu: readonly MenuItemConstructorOptions[] = [
  { role: 'appMenu' },
  { role: 'editMenu' },
  { role: 'windowMenu' },
];

/** Elsewhere there is none: the console draws its own menu bar, and its keys are not Chromium's. */
export const installAppMenu = (platform: NodeJS.Platform): void =>
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([...macMenu]) : null);
