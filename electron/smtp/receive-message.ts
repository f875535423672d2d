/** DATA: from the stream of the library to a message of the spool. */
import type { Readable } from 'node:stream';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Log } from '../base/ports.ts';
import type { Envelope, IncomingMessage } from '../spool/types.ts';
import { HopCounter, type HopTerms } from './hops.ts';
import { hasOnlyWholeLineEnds, type LineEndState, nextLineEndState } from './line-ends.ts';
import { type Reply, replies, replyForError, SmtpError } from './replies.ts';

export interface ReceiveOptions extends HopTerms {
  readonly begin: (envelope: Envelope) => Promise<IncomingMessage>;
  readonly sizeLimitBytes: number | null;
  /** Hears of every piece; a reply refuses the message. */
  readonly arrived: (octets: number) => Reply | null;
  readonly log: Log;
}

export interface Received {
  readonly id: MessageId;
  readonly sizeBytes: number;
}

/** The client was told nothing yet and sends on and on: answer it and hang up, its final dot will not be waited for. */
export class EndlessMessageError extends SmtpError {}

const leastReadAfterRefusalBytes = 10 * 1_048_576;
/** A message that is refused is read to its end, within reason: its tail would be taken for commands otherwise. */
const readAfterRefusalBytes = (sizeLimitBytes: number | null): number =>
  Math.max(2 * (sizeLimitBytes ?? 0), leastReadAfterRefusalBytes);

/**
 * Takes one message in. Resolves once the spool is responsible for it.
 * @throws {SmtpError} the answer to the client; nothing of the message is left. Also when the client vanished.
 */
export async function receiveMessage(
  content: Readable,
  envelope: Envelope,
  options: ReceiveOptions,
): Promise<Received> {
  const { begin, sizeLimitBytes, arrived, log } = options;
  const replyFor = (error: unknown): Reply => {
    const reply = replyForError(error);
    if (reply === null) log.error('message not stored', error, { client: envelope.clientAddress });
    else log.warn('message not stored', { client: envelope.clientAddress, reason: String(error) });
    return reply ?? replies.localError;
  };

  let refusal: Reply | null = null;
  /** Null once the message is refused; what still comes is read and forgotten. */
  let message: IncomingMessage | null = await begin(envelope).catch((error: unknown) => {
    refusal = replyFor(error);
    return null;
  });
  const refuse = async (reply: Reply): Promise<void> => {
    refusal = reply;
    await message?.abort();
    message = null;
  };

  const hops = new HopCounter(options);
  let sizeBytes = 0;
  let lineEnds: LineEndState = 'text';
  let forgottenBytes = 0;
  let endless = false;
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      const exceeded = arrived(chunk.length);
      if (message === null) {
        forgottenBytes += chunk.length;
        endless = forgottenBytes > readAfterRefusalBytes(sizeLimitBytes);
        if (endless) break;
        continue;
      }
      sizeBytes += chunk.length;
      lineEnds = nextLineEndState(lineEnds, chunk);
      const reply =
        exceeded ??
        (sizeLimitBytes !== null && sizeBytes > sizeLimitBytes ? replies.tooLarge : null) ??
        (lineEnds === 'bare' ? replies.bareLineEnd : null) ??
        hops.next(chunk);
      if (reply !== null) await refuse(reply);
      else await message.write(chunk).catch((error: unknown) => refuse(replyFor(error)));
    }
  } catch {
    // Only the stream throws here: the client went away before the final dot.
    await refuse(replies.localError);
  }
  if (endless) throw new EndlessMessageError(refusal ?? replies.localError);
  if (!hasOnlyWholeLineEnds(lineEnds) && refusal === null) await refuse(replies.bareLineEnd);
  await message?.commit().catch((error: unknown) => refuse(replyFor(error)));
  if (message === null) throw new SmtpError(refusal ?? replies.localError);
  return { id: message.id, sizeBytes };
}
