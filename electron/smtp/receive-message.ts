/** DATA: from the stream of the library to a message of the spool. */
import type { Readable } from 'node:stream';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Log } from '../base/ports.ts';
import type { Envelope, IncomingMessage } from '../spool/types.ts';
import { hasOnlyWholeLineEnds, type LineEndState, nextLineEndState } from './line-ends.ts';
import { type Reply, replies, replyForError, SmtpError } from './replies.ts';

export interface ReceiveOptions {
  readonly begin: (envelope: Envelope) => Promise<IncomingMessage>;
  readonly sizeLimitBytes: number | null;
  readonly log: Log;
}

export interface Received {
  readonly id: MessageId;
  readonly sizeBytes: number;
}

/**
 * Takes one message in. Resolves once the spool is responsible for it.
 * A message that is refused on the way is still read to its final dot: its tail would be taken for commands otherwise.
 * @throws {SmtpError} the answer to the client; nothing of the message is left. Also when the client vanished.
 */
export async function receiveMessage(
  content: Readable,
  envelope: Envelope,
  options: ReceiveOptions,
): Promise<Received> {
  const { begin, sizeLimitBytes, log } = options;
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

  let sizeBytes = 0;
  let lineEnds: LineEndState = 'text';
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      if (message === null) continue;
      sizeBytes += chunk.length;
      lineEnds = nextLineEndState(lineEnds, chunk);
      if (sizeLimitBytes !== null && sizeBytes > sizeLimitBytes) await refuse(replies.tooLarge);
      else if (lineEnds === 'bare') await refuse(replies.bareLineEnd);
      else await message.write(chunk).catch((error: unknown) => refuse(replyFor(error)));
    }
  } catch {
    // Only the stream throws here: the client went away before the final dot.
    await refuse(replies.localError);
  }
  if (!hasOnlyWholeLineEnds(lineEnds) && refusal === null) await refuse(replies.bareLineEnd);
  await message?.commit().catch((error: unknown) => refuse(replyFor(error)));
  if (message === null) throw new SmtpError(refusal ?? replies.localError);
  return { id: message.id, sizeBytes };
}
