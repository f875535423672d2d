/**
 * Lines to files that change by time or size: `rotating-file-stream` with what a relay needs around it. Writing never
 * waits and never throws: a disk that is slow, full or gone costs lines of the log, not mail.
 */
import type { RotatingFileStream } from 'rotating-file-stream';
import type { Clock } from '../base/ports.ts';

export interface RotatingLinesOptions {
  /** A new stream on the files of this moment. */
  readonly open: () => RotatingFileStream;
  /** First lines of each file and of each start; empty for none. */
  readonly header: () => string;
  readonly clock: Clock;
  /** A file was opened: after a start, and each time they change. */
  readonly onFile: () => void;
  readonly onProblem: () => void;
}

/** A second's worth of a busy relay; beyond it lines are dropped and counted. */
const maxWaitingChars = 4_194_304;
const openAgainMs = 60_000;
/** Lines of one moment leave together: a write of its own for each takes the processor from the mail it tells of. */
const gatherMs = 100;

export class RotatingLines {
  readonly #options: RotatingLinesOptions;
  #stream: RotatingFileStream | null = null;
  #waiting: string[] = [];
  #waitingChars = 0;
  #dropped = 0;
  #writing = false;
  /** From the moment the library closes a file until the next one is open: lines for the new file wait for its header. */
  #changing = true;
  #needsHeader = true;
  #problem: string | null = null;
  #closed = false;
  #cancelOpenAgain: () => void = () => undefined;
  #cancelGather: (() => void) | null = null;

  constructor(options: RotatingLinesOptions) {
    this.#options = options;
    this.#open();
  }

  get problem(): string | null {
    return this.#problem;
  }

  write(line: string): void {
    if (this.#closed) return;
    if (this.#waitingChars + line.length > maxWaitingChars) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingChars += line.length;
    this.#gather();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelOpenAgain();
    this.#cancelGather?.();
    const stream = this.#stream;
    if (stream === null || stream.destroyed) return;
    const rest = this.#take();
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.once('error', () => resolve());
      if (rest === '') stream.end();
      else stream.end(rest);
    });
  }

  #open(): void {
    this.#changing = true;
    let stream: RotatingFileStream;
    try {
      stream = this.#options.open();
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#stream = stream;
    stream.on('rotation', () => {
      this.#changing = true;
    });
    stream.on('open', () => {
      this.#changing = false;
      this.#needsHeader = true;
      this.#setProblem(null);
      this.#options.onFile();
      this.#pump();
    });
    stream.on('error', (error) => {
      if (this.#stream === stream) this.#fail(error);
    });
  }

  #fail(error: unknown): void {
    this.#stream?.destroy();
    this.#stream = null;
    this.#writing = false;
    if (this.#closed) return;
    this.#setProblem(error instanceof Error ? error.message : String(error));
    this.#cancelOpenAgain();
    this.#cancelOpenAgain = this.#options.clock.after(openAgainMs, () => this.#open());
  }

  #setProblem(problem: string | null): void {
    if (this.#problem === problem) return;
    this.#problem = problem;
    this.#options.onProblem();
  }

  #gather(): void {
    this.#cancelGather ??= this.#options.clock.after(gatherMs, () => {
      this.#cancelGather = null;
      this.#pump();
    });
  }

  /** One write at a time: what was begun before a change of files is whole in the old one. */
  #pump(): void {
    const stream = this.#stream;
    if (stream === null || this.#writing || this.#changing || this.#waiting.length === 0 || this.#closed) return;
    this.#writing = true;
    stream.write(this.#take(), (error) => {
      this.#writing = false;
      // Lines whose time came during the write go now; for later ones a timer runs.
      if (!error && this.#cancelGather === null) this.#pump();
    });
  }

  #take(): string {
    const lost = this.#dropped === 0 ? '' : `#Remark: ${this.#dropped} lines were lost\r\n`;
    const header = this.#needsHeader && this.#waiting.length > 0 ? this.#options.header() : '';
    const text = `${header}${lost}${this.#waiting.join('')}`;
    if (header !== '') this.#needsHeader = false;
    this.#waiting = [];
    this.#waitingChars = 0;
    this.#dropped = 0;
    return text;
  }
}
