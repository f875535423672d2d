/** The bytes of a stored message, piece by piece. */
import type { AnswerOf } from '../../shared/contract/calls.ts';

type Source = AnswerOf<'queue.source'>;
export type ReadPiece = (piece: { readonly offsetBytes: number; readonly limitBytes: number }) => Promise<Source>;

/** What one call may ask for. */
const pieceBytes = 262_144;

export async function* messagePieces(read: ReadPiece): AsyncGenerator<Buffer> {
  for (let offsetBytes = 0; ; ) {
    const piece = await read({ offsetBytes, limitBytes: pieceBytes });
    const bytes = Buffer.from(piece.text, 'latin1');
    if (bytes.byteLength > 0) yield bytes;
    offsetBytes += bytes.byteLength;
    if (bytes.byteLength === 0 || offsetBytes >= piece.totalBytes) return;
  }
}
