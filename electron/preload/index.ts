/** All that the console window gets from outside its sandbox: a channel of frames for each contract, a few requests to the application. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import {
  type Bridge,
  computerIpcChannel,
  type DesktopBridge,
  type DesktopState,
  desktopIpcChannel,
  desktopWatchRequest,
  frameIpcChannel,
} from '../../shared/contract/bridge.ts';

function listen<Value>(channel: string, listener: (value: Value) => void): () => void {
  // The event object stays here: it would hand the page the whole of ipcRenderer.
  const receive = (_event: IpcRendererEvent, value: Value): void => listener(value);
  ipcRenderer.on(channel, receive);
  return () => void ipcRenderer.off(channel, receive);
}

const bridgeOn = (channel: typeof frameIpcChannel | typeof computerIpcChannel): Bridge => ({
  // As text: its size is known before anybody takes it apart, and it can be nothing but JSON.
  send: (frame) => ipcRenderer.send(channel, JSON.stringify(frame)),
  onFrame: (listener) => listen<unknown>(channel, listener),
});

const desktop: DesktopBridge = {
  request: (request) => ipcRenderer.send(desktopIpcChannel, request),
  onState: (listener) => {
    const end = listen<DesktopState>(desktopIpcChannel, listener);
    ipcRenderer.send(desktopIpcChannel, desktopWatchRequest);
    return end;
  },
};

contextBridge.exposeInMainWorld('bridge', bridgeOn(frameIpcChannel));
contextBridge.exposeInMainWorld('computer', bridgeOn(computerIpcChannel));
contextBridge.exposeInMainWorld('desktop', desktop);
