/** Frames on a byte stream: length (4 bytes, big-endian), then that many bytes of JSON. Pure. */

/** The largest call is a list of 100,000 message ids: 3 MB. */
const maxFrameBytes = 8 * 1_048_576;

const lengthBytes = 4;

/** @throws {RangeError} when the frame is larger than any client takes. */
export function encodeFrame(frame: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(frame), 'utf8');
  if (json.byteLength > maxFrameBytes) throw new RangeError(`a frame of ${json.byteLength} bytes is too large`);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(json.byteLength);
  return Buffer.concat([length, json]);
}

export interface FrameDecoder {
  /**
   * The frames completed by this chunk. Holds at most one unfinished frame.
   * @throws {RangeError | SyntaxError | TypeError} for bytes that are no frames; nothing after them can be understood.
   */
  push(chunk: Buffer): unknown[];
}

export function createFrameDecoder(limitBytes = maxFrameBytes): FrameDecoder {
  // Fatal: bytes that are no UTF-8 must not turn into a different, valid text.
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let chunks: Buffer[] = [];
  let heldBytes = 0;
  let wantedBytes = lengthBytes;
  let inBody = false;

  /** Only once enough arrived: joining at every chunk would copy a large frame again and again. */
  const take = (bytes: number): Buffer => {
    const joined = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    const rest = joined.subarray(bytes);
    chunks = rest.byteLength === 0 ? [] : [rest];
    heldBytes = rest.byteLength;
    return joined.subarray(0, bytes);
  };

  return {
    push(chunk) {
      const frames: unknown[] = [];
      chunks.push(chunk);
      heldBytes += chunk.byteLength;
      while (heldBytes >= wantedBytes) {
        const piece = take(wantedBytes);
        if (inBody) {
          frames.push(JSON.parse(utf8.decode(piece)));
          wantedBytes = lengthBytes;
        } else {
          wantedBytes = piece.readUInt32BE();
          if (wantedBytes === 0 || wantedBytes > limitBytes) throw new RangeError(`a frame of ${wantedBytes} bytes`);
        }
        inBody = !inBody;
      }
      return frames;
    },
  };
}
