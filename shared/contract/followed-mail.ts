/** One of the latest messages on its way: accepted, on disk, routed, tried, over. */
import * as z from 'zod';
import { attemptSchema, epochMsSchema, messageIdSchema, queueStates } from './messages.ts';

/** The states of the queue, and how a message leaves it. */
export const followedStates = [...queueStates, 'delivered', 'returned', 'badmail', 'deleted'] as const;

export const followedMailSchema = z.object({
  id: messageIdSchema,
  state: z.enum(followedStates),
  /** When it began to arrive. */
  receivedAtMs: epochMsSchema,
  /** When it was safely on disk, before the sender was told so. */
  storedAtMs: epochMsSchema,
  recipients: z.array(z.string()).max(100),
  /** Of the recipients that wait, or of all once it is over. */
  nextHops: z.array(z.string()).max(100),
  /** Null when it is held, being sent or over. */
  nextAttemptAtMs: epochMsSchema.nullable(),
  /** The latest ones, oldest first. */
  attempts: z.array(attemptSchema),
  /** Null while it is in the queue. */
  endedAtMs: epochMsSchema.nullable(),
});
export type FollowedMail = z.infer<typeof followedMailSchema>;
