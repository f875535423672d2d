/** A frame channel over a local socket. A peer that sends anything but frames, or does not read, is cut off. */
import type { Socket } from 'node:net';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { createFrameDecoder, encodeFrame } from './frame-codec.ts';

/** Answers that wait for a client that does not read them. */
const maxWaitingBytes = 16 * 1_048_576;

export function createPipeChannel(socket: Socket): FrameChannel {
  const decoder = createFrameDecoder();
  const frameListeners: ((frame: unknown) => void)[] = [];
  const receive = (chunk: Buffer): void => {
    let frames: unknown[];
    try {
      frames = decoder.push(chunk);
    } catch {
      socket.destroy();
      return;
    }
    for (const frame of frames) for (const listener of frameListeners) listener(frame);
  };
  socket.on('error', () => {}); // 'close' follows

  return {
    send(frame) {
      if (socket.destroyed) return;
      socket.write(encodeFrame(frame));
      if (socket.writableLength > maxWaitingBytes) socket.destroy();
    },
    onFrame(listener) {
      // The socket is read only from the first listener on, so that no frame is lost before it.
      if (frameListeners.length === 0) socket.on('data', receive);
      frameListeners.push(listener);
    },
    onClose(listener) {
      if (socket.closed) queueMicrotask(listener);
      else socket.once('close', () => listener());
    },
    close: () => void socket.destroySoon(),
  };
}
