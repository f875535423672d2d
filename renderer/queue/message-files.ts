/** Messages of the queue as files: one as .eml, many as one mailbox. Reads them in pieces and stops when told to. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import type { MessageId, QueueRow } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { ProgressControl } from '../app/ProgressBar.tsx';
import { mailboxEntry } from './mailbox.ts';

/** A piece of one message. */
export type ReadPiece = (
  id: MessageId,
  piece: { readonly offsetBytes: number; readonly limitBytes: number },
) => Promise<AnswerOf<'queue.source'>>;

export type ExportedMessage = Pick<QueueRow, 'id' | 'sender' | 'receivedAtMs'>;

export interface MessageFile {
  readonly content: Blob;
  readonly exported: number;
  /** They left the queue meanwhile. */
  readonly missing: number;
}

/** The most that one call brings. */
const pieceBytes = 262_144;
/** Beyond that the browser may move what was collected to the disk. */
const heldBytes = 16 * 1_048_576;

/** Progress in bytes. @throws {ProblemError} 'notFound' when it left the queue. */
export async function readMessage(id: MessageId, read: ReadPiece, control: ProgressControl): Promise<Blob> {
  const pieces = await readPieces(id, read, control.signal, control.onProgress);
  return new Blob(pieces.map(bytesOf), { type: 'message/rfc822' });
}

/** Progress in messages; those that are gone are left out and counted. */
export async function readMailbox(
  messages: readonly ExportedMessage[],
  read: ReadPiece,
  { signal, onProgress }: ProgressControl,
): Promise<MessageFile> {
  let collected: Blob = new Blob([]);
  let recent: Uint8Array<ArrayBuffer>[] = [];
  let recentBytes = 0;
  let exported = 0;
  let missing = 0;
  const collect = (): void => {
    collected = new Blob([collected, ...recent]);
    recent = [];
    recentBytes = 0;
  };
  for (const { id, sender, receivedAtMs } of messages) {
    const source = await readPieces(id, read, signal).then((pieces) => pieces.join(''), nullIfGone);
    if (source === null) missing += 1;
    else {
      const bytes = bytesOf(mailboxEntry({ sender, receivedAtMs, source }));
      recent.push(bytes);
      recentBytes += bytes.length;
      exported += 1;
    }
    if (recentBytes > heldBytes) collect();
    onProgress({ done: exported + missing, total: messages.length });
  }
  collect();
  return { content: new Blob([collected], { type: 'application/mbox' }), exported, missing };
}

async function readPieces(
  id: MessageId,
  read: ReadPiece,
  signal: AbortSignal,
  onProgress: ProgressControl['onProgress'] = () => {},
): Promise<readonly string[]> {
  const pieces: string[] = [];
  let offsetBytes = 0;
  for (;;) {
    const { text, totalBytes } = await read(id, { offsetBytes, limitBytes: pieceBytes });
    signal.throwIfAborted();
    pieces.push(text);
    offsetBytes += text.length;
    onProgress({ done: offsetBytes, total: totalBytes });
    if (text === '' || offsetBytes >= totalBytes) return pieces;
  }
}

function nullIfGone(error: unknown): null {
  if (error instanceof ProblemError && error.problem.code === 'notFound') return null;
  throw error;
}

/** One byte of each character, as the contract carries raw text. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
