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
