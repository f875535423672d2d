/** IPC between window and main process: frames of one page of one window, both ways, for each contract on its own channel. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import type { computerIpcChannel, frameIpcChannel } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { isConsole } from './console-sender.ts';
import { frameFromText } from './frame-text.ts';
import { createWindowChannel } from './window-channel.ts';

export interface ContractBridgeOptions {
  readonly window: BrowserWindow;
  readonly ipcChannel: typeof frameIpcChannel | typeof computerIpcChannel;
  /** Called for each page that asks something. */
  readonly connect: (channel: FrameChannel) => void;
}

export function bridgeContract({ window, ipcChannel, connect }: ContractBridgeOptions): void {
  const contents = window.webContents;
  const channel = createWindowChannel({
    connect,
    send: (frame) => {
      if (!contents.isDestroyed()) contents.send(ipcChannel, frame);
    },
  });

  const receive = (event: IpcMainEvent, text: unknown): void => {
    if (isConsole(event, contents)) channel.receive(frameFromText(text));
  };
  ipcMain.on(ipcChannel, receive);

  // A new document begins with a new channel. Chromium reports it before the first frame of that document arrives.
  contents.on('did-navigate', () => channel.end());
  contents.on('render-process-gone', () => channel.end());
  contents.once('destroyed', () => {
    ipcMain.off(ipcChannel, receive);
    channel.end();
  });
}
