/** Changes the header of a message on its way, in bounded memory; the body passes untouched. */

/** A header longer than this passes as it is. */
const maxHeadBytes = 1_048_576;

/** @param rewrite  Gets whole lines up to and with the empty one, or the whole message when it has no body. */
export async function* rewriteHead(
  source: AsyncIterable<Buffer>,
  rewrite: (head: Buffer) => Buffer,
): AsyncGenerator<Buffer, void> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head === null) {
      yield chunk;
      continue;
    }
    const from: number = Math.max(head.length - 3, 0);
    head = Buffer.concat([head, chunk]);
    const end = headEnd(head, from);
    if (end === null && head.length <= maxHeadBytes) continue;
    yield end === null ? head : Buffer.concat([rewrite(head.subarray(0, end)), head.subarray(end)]);
    head = null;
  }
  if (head !== null) yield rewrite(head);
}

/** Where the body begins; null while that has not come. @param from  Nothing before it can be the end. */
function headEnd(bytes: Buffer, from: number): number | null {
  // A message may begin with the empty line.
  if (from === 0) {
    if (bytes[0] === lf) return 1;
    if (bytes[0] === cr && bytes[1] === lf) return 2;
  }
  for (let at = bytes.indexOf(lf, from); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at + 1] === lf) return at + 2;
    if (bytes[at + 1] === cr && bytes[at + 2] === lf) return at + 3;
  }
  return null;
}

const lf = '\n'.charCodeAt(0);
const cr = '\r'.charCodeAt(0);
