import type { Cli } from './cli.ts';
import { messagePieces, type ReadPiece } from './message-source.ts';
import { plainText } from './output.ts';

/** Byte by byte into a file or another program; a terminal gets no control characters from a stranger's mail. */
export async function printSource({ terminal }: Pick<Cli, 'terminal'>, read: ReadPiece): Promise<void> {
  for await (const bytes of messagePieces(read)) {
    if (terminal.isWatched) terminal.out(plainText(bytes.toString('utf8')));
    else await terminal.outBytes(bytes);
  }
}
