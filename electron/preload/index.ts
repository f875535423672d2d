/** The only thing the console window gets from outside its sandbox: a channel for frames. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, frameIpcChannel } from '../../shared/contract/bridge.ts';

const bridge: Bridge = {
  send: (frame) => ipcRenderer.send(frameIpcChannel, frame),
  onFrame: (listener) => {
    // The event object stays here: it would hand the page the whole of ipcRenderer.
    const receive = (_event: IpcRendererEvent, frame: unknown): void => listener(frame);
    ipcRenderer.on(frameIpcChannel, receive);
    return () => void ipcRenderer.off(frameIpcChannel, receive);
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);
