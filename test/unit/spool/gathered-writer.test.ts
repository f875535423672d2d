import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherWrites } from '../../../electron/spool/gathered-writer.ts';

function recorder() {
  const writes: Buffer[] = [];
  const calls: string[] = [];
  const writer = {
    async write(chunk: Uint8Array) {
      writes.push(Buffer.from(chunk));
      calls.push('write');
    },
    async sync() {
      calls.push('sync');
    },
    async close() {
      calls.push('close');
    },
  };
  return { writer, writes, calls };
}

test('all bytes arrive in order before the sync, whatever the chunks', async () => {
  const chunkSizes = fc.array(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 150_000 })), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(chunkSizes, async (sizes) => {
      const { writer, writes } = recorder();
      const gathered = gatherWrites(writer);
      const chunks = sizes.map((size, index) => Buffer.alloc(size, index + 1));
      for (const chunk of chunks) await gathered.write(chunk);
      await gathered.sync();
      expect(Buffer.concat(writes).equals(Buffer.concat(chunks))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('many small writes cost one, and the caller may use its buffer again', async () => {
  const { writer, writes, calls } = recorder();
  const gathered = gatherWrites(writer);
  const line = Buffer.alloc(10);
  for (let number = 0; number < 100; number += 1) await gathered.write(line.fill(number));
  expect(calls).toEqual([]);
  await gathered.sync();
  await gathered.close();
  expect(calls).toEqual(['write', 'sync', 'close']);
  expect(writes[0]?.subarray(0, 20)).toEqual(Buffer.concat([Buffer.alloc(10, 0), Buffer.alloc(10, 1)]));
});
