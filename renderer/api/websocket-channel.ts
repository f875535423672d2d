/** The contract over a WebSocket: the browser console. */
import type { FrameChannel } from '../../shared/contract/frames.ts';

/** @throws {Error} when the server does not answer or turns us away. */
export const openWebSocketChannel = (url: string): Promise<FrameChannel> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => resolve(channelOf(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error(`No connection to ${url}`)), { once: true });
  });

const channelOf = (socket: WebSocket): FrameChannel => ({
  send: (frame) => socket.send(JSON.stringify(frame)),
  onFrame: (listener) =>
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const frame = typeof data === 'string' ? parseJson(data) : undefined;
      if (frame !== undefined) listener(frame);
    }),
  onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
  close: () => socket.close(),
});

/** The contract's parser judges the value; here only broken JSON is dropped. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
