/** One message with everything there is to know about it. */
import type { Readable } from 'node:stream';
import type { AnswerOf, ParsedArgumentOf } from '../../shared/contract/calls.ts';
import type { MessageDetails, MessageId, Recipient } from '../../shared/contract/messages.ts';
import type { QueueEntry } from '../spool/types.ts';
import { readableBytes, readMessageContent } from './message-content.ts';
import type { VirtualServer } from './virtual-server.ts';

type Parts = Pick<VirtualServer, 'spool' | 'delivery' | 'desk'>;

/** @throws {ProblemError} 'notFound', 'storage' */
export async function messageDetails({ spool, delivery, desk }: Parts, id: MessageId): Promise<MessageDetails> {
  const stored = await spool.read(id);
  const { entry, envelope, attempts, contentBytes } = stored;
  const bytes = await readAll(stored.content({ startBytes: 0, endBytes: readableBytes }));
  const { sender, clientAddress, heloName, protocol, body, smtpUtf8, dsn } = envelope;
  return {
    row: desk.row(entry),
    envelope: { sender, clientAddress, heloName, protocol, body, smtpUtf8, dsn },
    recipients: entry.record.recipients.map((record): Recipient => {
      // Delivery's own words for a message to this recipient alone: a destination that is down counts, for instance.
      const alone: QueueEntry = { ...entry, record: { ...entry.record, recipients: [record] } };
      const { address, state, attempts: tried, lastFailure, deliveredAtMs } = record;
      return {
        address,
        state,
        attempts: tried,
        nextAttemptAtMs: state === 'pending' ? delivery.view(alone).nextAttemptAtMs : null,
        nextHop: delivery.nextHopOf(address),
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
  const { contentBytes: totalBytes, content } = await spool.read(id);
  if (offsetBytes >= totalBytes) return { totalBytes, text: '' };
  const bytes = await readAll(content({ startBytes: offsetBytes, endBytes: offsetBytes + limitBytes }));
  return { totalBytes, text: bytes.toString('latin1') };
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
