/** Writes a message from a mail file of somebody else, a piece at a time. */
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Disk } from '../base/disk.ts';
import type { Ports } from '../base/ports.ts';
import { LineEndNormaliser } from './line-end-normaliser.ts';
import type { IncomingFile } from './message-store.ts';
import { maxPickupHeadBytes, notText, outgoingHeader, type PickupFileResult, readPickupFile } from './pickup-file.ts';
import { receivedLine } from './received-line.ts';
import type { TakeOverSource } from './take-over-types.ts';
import type { Envelope } from './types.ts';

export interface WriteOptions {
  readonly ports: Pick<Ports, 'clock' | 'disk'>;
  readonly fullyQualifiedName: () => string;
  readonly begin: (id: MessageId, envelope: Envelope) => Promise<IncomingFile>;
}

const firstReadBytes = 65_536;
const readGrowth = 8;

/**
 * Durable once resolved.
 * @param path  Where the file is now.
 * @returns why it is no mail; null when the message is stored.
 * @throws what the disk throws; nothing of the message is left then, if the disk lets us.
 */
export async function writeFromFile(
  { ports, fullyQualifiedName, begin }: WriteOptions,
  id: MessageId,
  path: string,
  { protocol, limits }: Pick<TakeOverSource, 'protocol' | 'limits'>,
): Promise<string | null> {
  const file = await readStart(ports.disk, path, limits?.hopLimit ?? null);
  if (file.kind !== 'mail') return file.kind === 'malformed' ? file.reason : 'Its header does not end.';
  const dateMs = ports.clock.now();
  const host = fullyQualifiedName();
  const header = outgoingHeader(file, { messageId: `${id}@${host}`, dateMs });
  const envelope: Envelope = { ...file.envelope, receivedAtMs: dateMs, clientAddress: '', heloName: '', protocol };
  const message = await begin(id, envelope);
  try {
    await message.write(Buffer.from(receivedLine(envelope, host, id)));
    await message.write(header);
    const reason = await copyBody(ports.disk, path, message, {
      offsetBytes: file.bodyOffsetBytes,
      headerBytes: header.length,
      limitBytes: limits?.sizeLimitBytes ?? null,
    });
    if (reason !== null) {
      await message.abort();
      return reason;
    }
  } catch (error) {
    await message.abort();
    throw error;
  }
  await message.commit();
  return null;
}

async function readStart(disk: Disk, path: string, hopLimit: number | null): Promise<PickupFileResult> {
  for (let limitBytes = firstReadBytes; ; limitBytes *= readGrowth) {
    const bytes = await disk.readHead(path, limitBytes);
    const result = readPickupFile({ bytes, whole: bytes.length < limitBytes, hopLimit });
    if (result.kind !== 'incomplete' || limitBytes >= maxPickupHeadBytes) return result;
  }
}

interface BodyPlace {
  readonly offsetBytes: number;
  readonly headerBytes: number;
  /** Of header and body together; null: none. */
  readonly limitBytes: number | null;
}

/** @returns why it is no mail. */
async function copyBody(
  disk: Disk,
  path: string,
  message: IncomingFile,
  { offsetBytes, headerBytes, limitBytes }: BodyPlace,
): Promise<string | null> {
  const lineEnds = new LineEndNormaliser();
  let sizeBytes = headerBytes;
  for await (const chunk of disk.readStream(path, { start: offsetBytes })) {
    const piece = lineEnds.next(chunk);
    sizeBytes += piece.length;
    if (limitBytes !== null && sizeBytes > limitBytes) {
      return `It is larger than the limit of ${Math.floor(limitBytes / 1_024)} KB for a message.`;
    }
    if (piece.includes(0)) return notText;
    await message.write(piece);
  }
  await message.write(lineEnds.end());
  return null;
}
