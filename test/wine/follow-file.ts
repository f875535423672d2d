import { closeSync, openSync, readSync } from 'node:fs';

const everyMs = 500;

/** Prints what is appended to a file. Resolve of what it returns: all of it was printed, and it is over. */
export function follow(path: string): () => Promise<void> {
  const file = openSync(path, 'r');
  const buffer = Buffer.alloc(65_536);
  const copy = (): void => {
    for (;;) {
      const bytes = readSync(file, buffer);
      if (bytes === 0) return;
      process.stdout.write(Buffer.from(buffer.subarray(0, bytes)));
    }
  };
  const timer = setInterval(copy, everyMs);
  return async () => {
    clearInterval(timer);
    copy();
    closeSync(file);
  };
}
