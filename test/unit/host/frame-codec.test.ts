import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameDecoder, encodeFrame } from '../../../electron/host/frame-codec.ts';

test('frames survive any cutting of the byte stream', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.array(fc.nat(60)), (frames, cuts) => {
      const bytes = Buffer.concat(frames.map(encodeFrame));
      const decoder = createFrameDecoder();
      const received: unknown[] = [];
      let at = 0;
      for (const cut of [...cuts, bytes.byteLength]) {
        received.push(...decoder.push(bytes.subarray(at, at + cut)));
        at += cut;
      }
      expect(received).toEqual(JSON.parse(JSON.stringify(frames)));
    }),
  );
});

const framed = (body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.byteLength);
  return Buffer.concat([length, body]);
};

test.each([
  { title: 'a length over the limit', bytes: Buffer.from([0, 0, 4, 1]) },
  { title: 'the largest length there is', bytes: Buffer.from([255, 255, 255, 255]) },
  { title: 'an empty frame', bytes: Buffer.alloc(4) },
  { title: 'text that is no JSON', bytes: framed(Buffer.from('{"type":')) },
  { title: 'bytes that are no UTF-8', bytes: framed(Buffer.from([0x22, 0xff, 0x22])) },
  { title: 'an HTTP request', bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n') },
])('refuses $title', ({ bytes }) => {
  expect(() => createFrameDecoder(1_024).push(bytes)).toThrow();
});

test('a frame of exactly the limit passes', () => {
  const text = 'x'.repeat(1_022);
  expect(createFrameDecoder(1_024).push(encodeFrame(text))).toEqual([text]);
});

test('an answer that no client would take is not sent', () => {
  expect(() => encodeFrame('x'.repeat(9 * 1_048_576))).toThrow(RangeError);
});
