/** Small things that the application remembers for its user, each in a file of the profile. None is worth a message. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as z from 'zod';

/** Null when there is no such file yet, and when it holds something else. */
export function readProfileFile<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Written at once: the process may be gone with the next event. */
export function writeProfileFile(file: string, value: object): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(value));
  } catch {}
}
