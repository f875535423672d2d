/**
 * What stands in a segment of the journal. Pure.
 *
 *   segment   "SMTP Relay Manager journal 1\r\n", the marker of this segment
 *   record    marker (8 octets, at random), kind (1), length of the payload (4, little endian), id (26), CRC-32 (4), payload
 *
 * A message that is in a damaged segment must not be able to pass for a record: nobody outside knows the marker.
 */
import { crc32 } from 'node:zlib';
import type { MessageId } from '../../shared/contract/messages.ts';

export type JournalRecord =
  /** Accepted; `bytes` is what its file in the queue folder will hold. */
  | { readonly kind: 'message'; readonly id: MessageId; readonly bytes: Uint8Array }
  /** Its file is in the queue folder; the journal has nothing more to say of it. */
  | { readonly kind: 'filed'; readonly id: MessageId }
  /** Delivered, failed or removed; neither journal nor folder may bring it back. */
  | { readonly kind: 'removed'; readonly id: MessageId };

export interface FoundRecord {
  readonly kind: JournalRecord['kind'];
  readonly id: MessageId;
  /** Of the payload, in the segment. */
  readonly startBytes: number;
  readonly lengthBytes: number;
}

export interface SegmentContent {
  readonly records: readonly FoundRecord[];
  /** Records that could be used follow octets that could not: more than an end that was torn off. */
  readonly damaged: boolean;
}

export const markerBytes = 8;
const title = Buffer.from('SMTP Relay Manager journal 1\r\n');
const idBytes = 26;
const recordHeadBytes = markerBytes + 1 + 4 + idBytes + 4;
const crcOffset = recordHeadBytes - 4;

const codes = { message: 0x4d, filed: 0x46, removed: 0x52 } as const;
const kinds = new Map<number, JournalRecord['kind']>([
  [codes.message, 'message'],
  [codes.filed, 'filed'],
  [codes.removed, 'removed'],
]);
const nothing = Buffer.alloc(0);

export const encodeSegmentHead = (marker: Buffer): Buffer => Buffer.concat([title, marker]);

const payloadOf = (record: JournalRecord): Uint8Array => (record.kind === 'message' ? record.bytes : nothing);

/** The head of a record; its payload follows. */
function encodeRecordHead(record: JournalRecord, marker: Buffer): Buffer {
  const payload = payloadOf(record);
  const head = Buffer.alloc(recordHeadBytes);
  marker.copy(head);
  head.writeUInt8(codes[record.kind], markerBytes);
  head.writeUInt32LE(payload.byteLength, markerBytes + 1);
  head.write(record.id, markerBytes + 5, 'latin1');
  head.writeUInt32LE(checksum(head, payload), crcOffset);
  return head;
}

const checksum = (head: Uint8Array, payload: Uint8Array): number =>
  crc32(payload, crc32(head.subarray(markerBytes, crcOffset)));

/**
 * @param room  Used again and again for what fits: fresh memory for each group costs as much as the records themselves.
 * @returns all of them in order, perhaps in `room`, and where in it each payload begins.
 */
export function encodeRecords(
  records: readonly JournalRecord[],
  marker: Buffer,
  room: Buffer,
): { readonly bytes: Buffer; readonly starts: readonly number[] } {
  const size = records.reduce((sum, record) => sum + recordHeadBytes + payloadOf(record).byteLength, 0);
  const bytes = size <= room.length ? room.subarray(0, size) : Buffer.allocUnsafe(size);
  let at = 0;
  const starts = records.map((record) => {
    const payload = payloadOf(record);
    encodeRecordHead(record, marker).copy(bytes, at);
    bytes.set(payload, at + recordHeadBytes);
    at += recordHeadBytes + payload.byteLength;
    return at - payload.byteLength;
  });
  return { bytes, starts };
}

/** Never throws: what cannot be used is passed over. */
export function decodeSegment(bytes: Buffer): SegmentContent {
  const headBytes = title.length + markerBytes;
  const records: FoundRecord[] = [];
  // Without even its head it was being made when the relay ended.
  if (bytes.length <= headBytes) return { records, damaged: false };
  const marker = bytes.subarray(title.length, headBytes);
  let damaged = !bytes.subarray(0, title.length).equals(title);
  for (let at = headBytes; at < bytes.length; ) {
    const record = recordAt(bytes, at, marker);
    if (record !== null) {
      records.push(record);
      at = record.startBytes + record.lengthBytes;
      continue;
    }
    const next = nextRecord(bytes, at + 1, marker);
    if (next === null) break; // an end that was torn off: nobody was told 250 for it
    damaged = true;
    at = next;
  }
  return { records, damaged };
}

function nextRecord(bytes: Buffer, from: number, marker: Buffer): number | null {
  for (let at = bytes.indexOf(marker, from); at >= 0; at = bytes.indexOf(marker, at + 1)) {
    if (recordAt(bytes, at, marker) !== null) return at;
  }
  return null;
}

function recordAt(bytes: Buffer, at: number, marker: Buffer): FoundRecord | null {
  const startBytes = at + recordHeadBytes;
  if (startBytes > bytes.length || !bytes.subarray(at, at + markerBytes).equals(marker)) return null;
  const head = bytes.subarray(at, startBytes);
  const kind = kinds.get(head.readUInt8(markerBytes));
  const lengthBytes = head.readUInt32LE(markerBytes + 1);
  if (kind === undefined || startBytes + lengthBytes > bytes.length) return null;
  const payload = bytes.subarray(startBytes, startBytes + lengthBytes);
  if (checksum(head, payload) !== head.readUInt32LE(crcOffset)) return null;
  return { kind, id: head.toString('latin1', markerBytes + 5, crcOffset), startBytes, lengthBytes };
}
