/** The latest lines of the protocol log in memory, for those who watch it. */
import type { ProtocolLogLine } from '../../shared/contract/servers.ts';
import type { StampedEntry } from './w3c-line.ts';

const linesKept = 2_000;
const longestText = 500;

export interface TailQuery {
  readonly after: number;
  readonly limit: number;
  readonly search?: string;
}

export class LineRing {
  readonly #lines: (ProtocolLogLine | undefined)[] = Array.from({ length: linesKept });
  #sequence = 0;

  get sequence(): number {
    return this.#sequence;
  }

  add(entry: StampedEntry): void {
    this.#sequence += 1;
    this.#lines[this.#sequence % linesKept] = {
      sequence: this.#sequence,
      atMs: entry.atMs,
      direction: entry.direction,
      sessionId: entry.sessionId,
      peer: entry.peerAddress,
      user: entry.user.slice(0, longestText),
      method: entry.method.slice(0, longestText),
      query: entry.query.slice(0, longestText),
      status: entry.status,
      timeTakenMs: entry.timeTakenMs,
    };
  }

  /** The latest ones that fit, oldest first. */
  tail({ after, limit, search = '' }: TailQuery): readonly ProtocolLogLine[] {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found: ProtocolLogLine[] = [];
    const oldest = Math.max(after + 1, this.#sequence - linesKept + 1, 1);
    for (let sequence = this.#sequence; sequence >= oldest && found.length < limit; sequence -= 1) {
      const line = this.#lines[sequence % linesKept];
      if (line !== undefined && hasWords(line, words)) found.push(line);
    }
    return found.reverse();
  }
}

const hasWords = (
  { peer, user, method, query, status, sessionId }: ProtocolLogLine,
  words: readonly string[],
): boolean => {
  if (words.length === 0) return true;
  const text = `${peer} ${user} ${method} ${query} ${status} ${sessionId}`.toLowerCase();
  return words.every((word) => text.includes(word));
};
