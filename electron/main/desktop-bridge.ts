/** IPC between the console and the application around it: a handful of requests, each checked; the state back. */
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import * as z from 'zod';
import {
  type DesktopRequest,
  type DesktopState,
  desktopIpcChannel,
  desktopWatchRequest,
} from '../../shared/contract/bridge.ts';
import { languages } from '../../shared/texts/index.ts';
import { isConsole } from './console-sender.ts';

const requestSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(desktopWatchRequest.type) }),
  z.strictObject({ type: z.literal('language'), language: z.enum(languages) }),
  z.strictObject({ type: z.literal('startAtLogon'), enabled: z.boolean() }),
  z.strictObject({ type: z.literal('showVersion') }),
  z.strictObject({ type: z.literal('quit') }),
]) satisfies z.ZodType<DesktopRequest | typeof desktopWatchRequest>;

export interface DesktopBridgeOptions {
  readonly window: BrowserWindow;
  readonly state: () => DesktopState;
  readonly onRequest: (request: DesktopRequest) => void;
}

/** @returns a function that tells the console that the state has changed. */
export function bridgeDesktop({ window, state, onRequest }: DesktopBridgeOptions): () => void {
  const contents = window.webContents;
  const tell = (): void => {
    if (!contents.isDestroyed()) contents.send(desktopIpcChannel, state());
  };
  const receive = (event: IpcMainEvent, raw: unknown): void => {
    if (!isConsole(event, contents)) return;
    const request = requestSchema.safeParse(raw);
    if (!request.success) return;
    if (request.data.type === 'watch') tell();
    else onRequest(request.data);
  };
  ipcMain.on(desktopIpcChannel, receive);
  contents.once('destroyed', () => void ipcMain.off(desktopIpcChannel, receive));
  return tell;
}
