/** The frames that travel, the same on every transport (Electron IPC, pipe, WebSocket). JSON values only. */
import * as z from 'zod';
import { problemSchema } from './problem.ts';

const frameId = z.int().positive();

/** Client to host. */
export const callFrameSchema = z.object({
  type: z.literal('call'),
  id: frameId,
  name: z.string().max(100),
  argument: z.unknown(),
});

/** Host to client. */
export const hostFrameSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), id: frameId, value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: frameId, problem: problemSchema }),
  z.object({ type: z.literal('event'), name: z.string().max(100), value: z.unknown() }),
]);

export type HostFrame = z.infer<typeof hostFrameSchema>;

/** Something that carries JSON values both ways, in order. Each transport is one small adapter to this shape. */
export interface FrameChannel {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): void;
  /** Called once, also when the channel was closed by `close()`. */
  onClose(listener: () => void): void;
  close(): void;
}
