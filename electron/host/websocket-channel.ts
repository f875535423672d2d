/** A frame channel over a WebSocket. A page that sends anything but frames, or does not read, is cut off. */
import type { WebSocket } from 'ws';
import type { FrameChannel } from '../../shared/contract/frames.ts';

/** Answers that wait for a page that does not read them. */
const maxWaitingBytes = 16 * 1_048_576;

export function createWebSocketChannel(socket: WebSocket): FrameChannel {
  socket.on('error', () => {}); // 'close' follows
  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(frame));
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
    },
    onFrame(listener) {
      socket.on('message', (data, isBinary) => {
        let frame: unknown;
        try {
          if (isBinary) throw new TypeError('frames are text');
          frame = JSON.parse(String(data));
        } catch {
          socket.terminate();
          return;
        }
        listener(frame);
      });
    },
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) queueMicrotask(listener);
      else socket.once('close', () => listener());
    },
    close: () => socket.close(),
  };
}
