import { Readable } from 'node:stream';

/** One piece as a stream of octets. */
export const streamOf = (bytes: Buffer): Readable =>
  Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false });
