/** The contract over the preload's bridge: the window of the desktop application. */
import { type Bridge, isChannelEndFrame } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';

/** Ends when the main process says that the relay behind it went away; the first frame of the next channel begins anew. */
export const openBridgeChannel = (bridge: Bridge): FrameChannel => {
  const frameListeners = new Set<(frame: unknown) => void>();
  const closeListeners = new Set<() => void>();
  let open = true;

  const unsubscribe = bridge.onFrame((frame) => {
    if (isChannelEndFrame(frame)) close();
    else for (const listener of frameListeners) listener(frame);
  });
  const close = (): void => {
    if (!open) return;
    open = false;
    unsubscribe();
    for (const listener of closeListeners) listener();
  };
  return {
    send: (frame) => {
      if (open) bridge.send(frame);
    },
    onFrame: (listener) => {
      frameListeners.add(listener);
    },
    onClose: (listener) => {
      closeListeners.add(listener);
    },
    close,
  };
};
