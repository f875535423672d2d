import type { Language } from '../texts/index.ts';

/** What the preload script exposes to the console window as `window.bridge` and `window.computer`: a frame channel each. */
export interface Bridge {
  send(frame: unknown): void;
  /** @returns a function that ends the subscription. */
  onFrame(listener: (frame: unknown) => void): () => void;
}

/** Carries the frames of the contract between window and main process; to the main process as JSON text. */
export const frameIpcChannel = 'contract-frame';

/** The same for what a console asks of the computer it runs on. */
export const computerIpcChannel = 'computer-frame';

/** The application around the window, as the preload script exposes it as `window.desktop`. Absent in a browser. */
export interface DesktopBridge {
  request(request: DesktopRequest): void;
  /** Called with the state now and after each change. @returns a function that ends the subscription. */
  onState(listener: (state: DesktopState) => void): () => void;
}

export type DesktopRequest =
  /** The language that the console speaks: tray and boxes follow. */
  | { readonly type: 'language'; readonly language: Language }
  /** Whether the application starts with this user's sessions, in the tray. */
  | { readonly type: 'startAtLogon'; readonly enabled: boolean }
  /** Says in a box which version this is and where to look for a newer one. */
  | { readonly type: 'showVersion' }
  /** As in the tray: asks first when the relay stops with it. */
  | { readonly type: 'quit' };

export interface DesktopState {
  /**
   * Whose relay the window shows: the application's own, or one that runs elsewhere; 'opening' until that is known. 'noRights':
   * one that only administrators may use, on whose place none of our own can be.
   */
  readonly relay: 'opening' | 'hosted' | 'attached' | 'noRights';
  /** Null where the system keeps no such list. */
  readonly startsAtLogon: boolean | null;
}

/** Carries a DesktopRequest to the main process, a DesktopState back. */
export const desktopIpcChannel = 'desktop';

/** What a page sends first on that channel, to be told the state. */
export const desktopWatchRequest = { type: 'watch' } as const;

/** The path of the WebSocket on the browser console's server. */
export const consoleSocketPath = '/contract';
export const computerSocketPath = '/computer';

/**
 * The last frame of a channel over IPC, which has no close of its own: the relay that the main process is attached to went
 * away. The window's side then reports its channel as closed; the next frame it sends begins a new channel.
 */
export const channelEndFrame = { type: 'end' } as const;

export const isChannelEndFrame = (frame: unknown): boolean =>
  typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === channelEndFrame.type;
