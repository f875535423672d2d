/** The state of a message as `<id>.json`: its record and the attempts so far. Pure. */
import * as z from 'zod';
import { type Attempt, attemptSchema, failureSchema, recipientStateSchema } from '../../shared/contract/messages.ts';
import type { DeliveryRecord } from './types.ts';

export interface MessageState {
  readonly record: DeliveryRecord;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
}

/** Of very many attempts the first ones tell how the trouble began, the latest how it is now. */
const keptFirst = 5;
const keptLatest = 45;

/** Limits of the contract are not checked again here: what was written must be readable, or a message is sent twice. */
const storedFailureSchema = failureSchema.extend({
  code: z.int().optional(),
  enhanced: z.string().optional(),
  text: z.string(),
});

const recordSchema = z.object({
  held: z.boolean(),
  failed: z.boolean(),
  recipients: z.array(
    z.object({
      address: z.string(),
      state: recipientStateSchema,
      attempts: z.int().nonnegative(),
      nextAttemptAtMs: z.number(),
      lastFailure: storedFailureSchema.nullable(),
      deliveredAtMs: z.number().nullable(),
    }),
  ),
  delayReported: z.literal(true).exactOptional(),
  route: z.array(z.string()).exactOptional(),
  released: z.literal(true).exactOptional(),
});

const stateSchema = z.object({ version: z.literal(1), record: recordSchema, attempts: z.array(z.unknown()) });

export function withAttempt(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  const all = [...attempts, attempt];
  return all.length <= keptFirst + keptLatest ? all : [...all.slice(0, keptFirst), ...all.slice(-keptLatest)];
}

/** @throws {Error} for a record that could not be read again (a number that is none): a fault of the caller. */
export function encodeState({ record, attempts }: MessageState): Buffer {
  const bytes = Buffer.from(`${JSON.stringify({ version: 1, record, attempts }, null, 1)}\n`);
  const readBack = decodeState(bytes);
  if (readBack.kind === 'malformed') throw new Error(`A delivery record cannot be stored. ${readBack.reason}`);
  return bytes;
}

export type StateResult =
  | { readonly kind: 'state'; readonly state: MessageState }
  | { readonly kind: 'malformed'; readonly reason: string };

/** Never throws. An attempt that does not fit is left out: history is not worth a message sent twice. */
export function decodeState(bytes: Buffer): StateResult {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'malformed', reason: 'The state file is not JSON.' };
  }
  const parsed = stateSchema.safeParse(value);
  if (!parsed.success) {
    return { kind: 'malformed', reason: `The state file does not fit: ${z.prettifyError(parsed.error).slice(0, 500)}` };
  }
  const { record, attempts } = parsed.data;
  return { kind: 'state', state: { record, attempts: attempts.flatMap(readAttempt) } };
}

function readAttempt(value: unknown): readonly Attempt[] {
  const parsed = attemptSchema.safeParse(value);
  return parsed.success ? [parsed.data] : [];
}

/** True when the record is about these recipients, in this order. */
export const isAbout = (record: DeliveryRecord, addresses: readonly string[]): boolean =>
  record.recipients.length === addresses.length &&
  record.recipients.every(({ address }, index) => address === addresses[index]);
