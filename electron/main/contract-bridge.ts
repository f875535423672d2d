/** IPC between window and relay. The only file that listens to a renderer; it hears one page of one window. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { frameIpcChannel } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { consoleOrigin } from './console-page.ts';
import { createWindowChannel } from './window-channel.ts';

export function bridgeContract(window: BrowserWindow, connect: (channel: FrameChannel) => void): void {
  const contents = window.webContents;
  const channel = createWindowChannel({
    connect,
    send: (frame) => {
      if (!contents.isDestroyed()) contents.send(frameIpcChannel, frame);
    },
  });

  /** Our page in the main frame of our window: not a subframe, not another window, not a page that got there somehow. */
  const isOurs = ({ sender, senderFrame }: IpcMainEvent): boolean =>
    sender === contents && senderFrame !== null && senderFrame.parent === null && senderFrame.origin === consoleOrigin;

  const receive = (event: IpcMainEvent, frame: unknown): void => {
    if (isOurs(event)) channel.receive(frame);
  };
  ipcMain.on(frameIpcChannel, receive);

  // A new document begins with a new channel. Chromium reports it before the first frame of that document arrives.
  contents.on('did-navigate', () => channel.end());
  contents.on('render-process-gone', () => channel.end());
  contents.once('destroyed', () => {
    ipcMain.off(frameIpcChannel, receive);
    channel.end();
  });
}
