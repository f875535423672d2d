import type { IpcMainEvent, WebContents } from 'electron';
import { consoleOrigin } from './console-page.ts';

/** Our page in the main frame of our window: not a subframe, not another window, not a page that got there somehow. */
export const isConsole = ({ sender, senderFrame }: IpcMainEvent, contents: WebContents): boolean =>
  sender === contents && senderFrame !== null && senderFrame.parent === null && senderFrame.origin === consoleOrigin;
