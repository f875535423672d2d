import type { FrameChannel } from '../../shared/contract/frames.ts';

/** Clients that come while the relay starts wait; a channel keeps what is sent until somebody listens. */
export interface ClientGate {
  readonly admit: (channel: FrameChannel) => void;
  open(serve: (channel: FrameChannel) => void): void;
}

export function createClientGate(): ClientGate {
  const waiting: FrameChannel[] = [];
  let serve: ((channel: FrameChannel) => void) | null = null;
  return {
    admit(channel) {
      if (serve === null) waiting.push(channel);
      else serve(channel);
    },
    open(serveNow) {
      serve = serveNow;
      for (const channel of waiting.splice(0)) serveNow(channel);
    },
  };
}
