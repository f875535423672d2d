/** One message with everything there is to know about it. */
import type { AnswerOf, ParsedArgumentOf } from '../../shared/contract/calls.ts';
import type { MessageDetails, MessageId, Recipient } from '../../shared/contract/messages.ts';
import type { QueueEntry, StoredMessage } from '../spool/types.ts';
import { readableBytes, readMessageContent } from './message-content.ts';
import type { VirtualServer } from './virtual-server.ts';

type Parts = Pick<VirtualServer, 'spool' | 'delivery' | 'desk'>;

/** @throws {ProblemError} 'notFound', 'storage' */
export async function messageDetails({ spool, delivery, desk }: Parts, id: MessageId): Promise<MessageDetails> {
  const stored = await spool.read(id);
  const { entry, envelope, attempts, contentBytes } = stored;
  const bytes = await readPiece(stored, 0, readableBytes);
  const { sender, clientAddress, heloName, protocol, body, smtpUtf8, dsn, authenticatedUser = null } = envelope;
  return {
    row: desk.row(entry),
    envelope: { sender, clientAddress, heloName, protocol, body, smtpUtf8, dsn, authenticatedUser },
    route: entry.record.route === undefined ? null : [...entry.record.route],
    recipients: entry.record.recipients.map((record): Recipient => {
      // Delivery's own words for a message to this recipient alone: a destination that is down counts, for instance.
      const alone: QueueEntry = { ...entry, record: { ...entry.record, recipients: [record] } };
      const view = delivery.view(alone);
      const { address, state, attempts: tried, lastFailure, deliveredAtMs } = record;
      return {
        address,
        state,
        attempts: tried,
        nextAttemptAtMs: state === 'pending' ? view.nextAttemptAtMs : null,
        // Whoever has it already was reached the way the message has now, as far as anybody can tell.
        nextHop: view.nextHop || delivery.nextHopOf(address, entry.record.route),
        lastFailure,
        deliveredAtMs,
      };
    }),
    attempts: [...attempts],
    ...(await readMessageContent(bytes, contentBytes <= readableBytes)),
  };
}

/** @throws {ProblemError} 'notFound', 'storage' */
export async function messageSource(
  { spool }: Pick<VirtualServer, 'spool'>,
  { id, offsetBytes, limitBytes }: Omit<ParsedArgumentOf<'queue.source'>, 'serverId'>,
): Promise<AnswerOf<'queue.source'>> {
  const stored = await spool.read(id);
  const bytes = await readPiece(stored, offsetBytes, limitBytes);
  return { totalBytes: stored.contentBytes, text: bytes.toString('latin1') };
}

/** Empty behind the end. */
export async function readPiece(
  stored: Pick<StoredMessage, 'contentBytes' | 'content'>,
  startBytes: number,
  limitBytes: number,
): Promise<Buffer> {
  const { contentBytes } = stored;
  if (startBytes >= contentBytes) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  const stream = stored.content({ startBytes, endBytes: Math.min(startBytes + limitBytes, contentBytes) });
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
