import type { FrameChannel } from '../../shared/contract/frames.ts';

/** Passes frames both ways unread; when one side ends, so does the other. */
export function joinChannels(a: FrameChannel, b: FrameChannel): void {
  pass(a, b);
  pass(b, a);
  a.onClose(() => b.close());
  b.onClose(() => a.close());
}

function pass(from: FrameChannel, to: FrameChannel): void {
  from.onFrame((frame) => {
    try {
      to.send(frame);
    } catch {
      // Not JSON, or larger than a frame may be: a broken or hostile page must not bring the main process down.
      from.close();
    }
  });
}
