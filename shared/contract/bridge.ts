/** What the preload script exposes to the console window as `window.bridge`: a frame channel and nothing else. */
export interface Bridge {
  send(frame: unknown): void;
  /** @returns a function that ends the subscription. */
  onFrame(listener: (frame: unknown) => void): () => void;
}

/** The only IPC channel between window and main process; it carries the frames of the contract, both ways. */
export const frameIpcChannel = 'contract-frame';

/** The path of the WebSocket on the browser console's server. */
export const consoleSocketPath = '/contract';

/**
 * The last frame of a channel over IPC, which has no close of its own: the relay that the main process is attached to went
 * away. The window's side then reports its channel as closed; the next frame it sends begins a new channel.
 */
export const channelEndFrame = { type: 'end' } as const;

export const isChannelEndFrame = (frame: unknown): boolean =>
  typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === channelEndFrame.type;
