import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeSegment,
  encodeRecords,
  encodeSegmentHead,
  type JournalRecord,
  markerBytes,
} from '../../../electron/spool/journal-record.ts';

const marker = Buffer.from('8 octets');
const id = (letter: string): string => `01JGFJJZ00${letter.repeat(16)}`;
const noRoom = Buffer.alloc(0);

const segmentOf = (records: readonly JournalRecord[], room = noRoom): Buffer =>
  Buffer.concat([encodeSegmentHead(marker), encodeRecords(records, marker, room).bytes]);

const message = (letter: string, text: string): JournalRecord => ({
  kind: 'message',
  id: id(letter),
  bytes: Buffer.from(text),
});

/** What can be read of a segment, as it was written. */
function read(bytes: Buffer): { readonly records: readonly JournalRecord[]; readonly damaged: boolean } {
  const { records, damaged } = decodeSegment(bytes);
  return {
    damaged,
    records: records.map(({ kind, id: found, startBytes, lengthBytes }) =>
      kind === 'message'
        ? { kind, id: found, bytes: Buffer.from(bytes.subarray(startBytes, startBytes + lengthBytes)) }
        : { kind, id: found },
    ),
  };
}

const anyRecord: fc.Arbitrary<JournalRecord> = fc
  .record({
    kind: fc.constantFrom('message', 'filed', 'removed'),
    letter: fc.constantFrom('A', 'B', 'C', 'D'),
    bytes: fc.uint8Array({ maxLength: 300 }),
  })
  .map(({ kind, letter, bytes }) =>
    kind === 'message' ? { kind, id: id(letter), bytes: Buffer.from(bytes) } : { kind, id: id(letter) },
  );
const anyRecords = fc.array(anyRecord, { maxLength: 8 });

test('what is written is read again, with room for it and without', () => {
  fc.assert(
    fc.property(anyRecords, fc.nat({ max: 2_000 }), (records, room) => {
      expect(read(segmentOf(records, Buffer.alloc(room, 0xff)))).toEqual({ records, damaged: false });
    }),
  );
});

test('wherever an end is torn off: the whole records before it are there, and that is no damage', () => {
  fc.assert(
    fc.property(anyRecords, fc.nat(), (records, cut) => {
      const whole = segmentOf(records);
      const found = read(whole.subarray(0, cut % (whole.length + 1)));
      expect(found.damaged).toBe(false);
      expect(found.records).toEqual(records.slice(0, found.records.length));
    }),
  );
});

test('behind an end that was torn off may stand what the disk held before', () => {
  const bytes = Buffer.concat([segmentOf([message('A', 'kept')]), Buffer.alloc(4_096), Buffer.alloc(77, 0xff)]);
  expect(read(bytes)).toEqual({ records: [message('A', 'kept')], damaged: false });
});

test('one octet is another one: at most the record around it is lost, and no other is made up', () => {
  const records = [message('A', 'first'), message('B', 'second'), { kind: 'removed', id: id('A') } as const];
  const whole = segmentOf(records);
  const headBytes = encodeSegmentHead(marker).length;
  for (let at = headBytes; at < whole.length; at += 1) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x20;
    const found = read(bytes).records;
    expect(found.length, `octet ${at}`).toBe(2);
    for (const record of found) expect(records).toContainEqual(record);
  }
});

test('a damaged record before good ones is told of', () => {
  const bytes = segmentOf([message('A', 'first'), message('B', 'second')]);
  const at = bytes.indexOf('first');
  bytes[at] = 0;
  expect(read(bytes)).toEqual({ records: [message('B', 'second')], damaged: true });
});

test('what a client wrote cannot pass for a record, even where the segment is damaged', () => {
  const forged = encodeRecords([{ kind: 'removed', id: id('A') }], Buffer.alloc(markerBytes, 0x41), noRoom).bytes;
  const bytes = segmentOf([message('A', 'mine'), message('B', `x${forged.toString('latin1')}`), message('C', 'last')]);
  bytes[bytes.indexOf('x') - 1] = 0; // the head of B
  const { records } = read(bytes);
  expect(records.map((record) => record.kind)).not.toContain('removed');
});

test('no octets at all, or any: never an exception', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeSegment(Buffer.from(bytes))));
  expect(read(Buffer.alloc(0))).toEqual({ records: [], damaged: false });
  expect(read(Buffer.from('SMTP Relay Man'))).toEqual({ records: [], damaged: false });
  expect(read(Buffer.from('this is something else, and longer than a head')).damaged).toBe(true);
});
