import type { FileWriter } from '../base/disk.ts';

const gatherBytes = 65_536;

/**
 * Gathers small writes: a message that comes in line by line costs one write to disk instead of hundreds.
 * Holds at most 64 KB. A failure may concern bytes of earlier calls, so the file is worthless after any.
 */
export function gatherWrites(writer: FileWriter): FileWriter {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  const writeGathered = async (): Promise<void> => {
    if (gatheredBytes === 0) return;
    const chunk = Buffer.concat(gathered, gatheredBytes);
    gathered = [];
    gatheredBytes = 0;
    await writer.write(chunk);
  };
  return {
    async write(chunk) {
      if (gatheredBytes + chunk.byteLength < gatherBytes) {
        // A copy: the caller may use its buffer again.
        gathered.push(Uint8Array.from(chunk));
        gatheredBytes += chunk.byteLength;
        return;
      }
      await writeGathered();
      await writer.write(chunk);
    },
    async sync() {
      await writeGathered();
      await writer.sync();
    },
    close: () => writer.close(),
  };
}
