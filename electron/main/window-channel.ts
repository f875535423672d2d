/**
 * The frame channel of one window. IPC has neither open nor close: the first frame of a page opens a channel, and a reload,
 * a crash or the end of the relay closes it. Knows nothing of Electron.
 */
import { channelEndFrame } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';

/** Frames that wait while the relay is still being opened; the console asks a handful of questions at its start. */
const maxWaitingFrames = 256;

export interface WindowChannel {
  /** A frame from the window. */
  receive(frame: unknown): void;
  /** The page is gone; its frames get no answer any more. */
  end(): void;
}

export interface WindowChannelOptions {
  /** Called for every new channel; may listen later, frames wait. */
  readonly connect: (channel: FrameChannel) => void;
  readonly send: (frame: unknown) => void;
}

export function createWindowChannel({ connect, send }: WindowChannelOptions): WindowChannel {
  let current: Connection | null = null;
  return {
    receive(frame) {
      if (current === null) {
        const opened = createConnection(send, () => {
          if (current === opened) current = null;
        });
        current = opened;
        connect(opened.channel);
      }
      current.receive(frame);
    },
    end() {
      current?.end();
    },
  };
}

interface Connection {
  readonly channel: FrameChannel;
  receive(frame: unknown): void;
  end(): void;
}

function createConnection(send: (frame: unknown) => void, ended: () => void): Connection {
  const frameListeners: ((frame: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  const waiting: unknown[] = [];
  let open = true;

  const end = (): void => {
    if (!open) return;
    open = false;
    ended();
    for (const listener of closeListeners) listener();
  };
  const close = (): void => {
    if (open) send(channelEndFrame);
    end();
  };
  return {
    receive(frame) {
      if (!open) return;
      if (frameListeners.length > 0) for (const listener of frameListeners) listener(frame);
      else if (waiting.push(frame) > maxWaitingFrames) close();
    },
    end,
    channel: {
      send(frame) {
        if (open) send(frame);
      },
      onFrame(listener) {
        frameListeners.push(listener);
        for (const frame of waiting.splice(0)) listener(frame);
      },
      onClose(listener) {
        if (open) closeListeners.push(listener);
        else queueMicrotask(listener);
      },
      close,
    },
  };
}
