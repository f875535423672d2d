/** IPC between window and relay: frames of one page of one window, both ways. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { frameIpcChannel } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { isConsole } from './console-sender.ts';
import { frameFromText } from './frame-text.ts';
import { createWindowChannel } from './window-channel.ts';

export function bridgeContract(window: BrowserWindow, connect: (channel: FrameChannel) => void): void {
  const contents = window.webContents;
  const channel = createWindowChannel({
    connect,
    send: (frame) => {
      if (!contents.isDestroyed()) contents.send(frameIpcChannel, frame);
    },
  });

  const receive = (event: IpcMainEvent, text: unknown): void => {
    if (isConsole(event, contents)) channel.receive(frameFromText(text));
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
