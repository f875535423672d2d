/** What values were before they were changed from here: written before the first command runs, so that nothing is changed without a way back. */
import { join } from 'node:path';
import * as z from 'zod';
import { type RegistryData, registryDataSchema } from '../../shared/contract/computer/exit-module-calls.ts';
import { problem } from '../../shared/contract/problem.ts';
import type { Disk } from '../base/disk.ts';
import { errorCode } from '../base/error-code.ts';
import { writeFileDurably } from '../base/write-file-durably.ts';

/** Names are checked again before anything is put back: the file is no way to write other keys. */
const valueSchema = z.object({
  key: z.string().max(300),
  name: z.enum([
    'SMTPServer',
    'SMTPAuthenticate',
    'EventFilter',
    'From',
    'To',
    'Cc',
    'TitleFormat',
    'TitleArg',
    'BodyFormat',
    'BodyArg',
  ]),
  before: registryDataSchema.nullable(),
});

const changeSchema = z.object({
  atMs: z.int().nonnegative(),
  caName: z.string().max(300),
  /** Of the certification authority when it was changed: another one now has read the new values. */
  processId: z.int().nullable(),
  values: z.array(valueSchema).max(2_000),
});
export type CaChange = z.infer<typeof changeSchema>;

const fileSchema = z.object({ version: z.literal(1), changes: z.array(changeSchema) });

const maxChanges = 20;
const maxFileBytes = 4_000_000;

export interface RollbackFile {
  /** Oldest first; empty when there is no file. @throws {ProblemError} 'storage' when it can't be read or is not ours. */
  read(): Promise<readonly CaChange[]>;
  /** Durable once resolved; the oldest changes are forgotten. @throws {ProblemError} 'storage' */
  write(changes: readonly CaChange[]): Promise<void>;
}

/** @param folder  The data folder of the relay. */
export function createRollbackFile(disk: Disk, folder: string): RollbackFile {
  const path = join(folder, 'ca-mail-rollback.json');
  return {
    async read() {
      const bytes = await readIfThere(disk, path);
      return bytes === null ? [] : parse(path, bytes);
    },
    async write(changes) {
      const content = { version: 1, changes: changes.slice(-maxChanges) };
      try {
        await disk.ensureFolder(folder);
        await writeFileDurably(disk, path, Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
      } catch (error) {
        throw problem('storage', `The old values can't be kept in ${path}: ${reasonOf(error)}. Nothing was changed.`, {
          parameters: { path },
        });
      }
    },
  };
}

async function readIfThere(disk: Disk, path: string): Promise<Buffer | null> {
  try {
    return await disk.readHead(path, maxFileBytes);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw problem('storage', `The old values in ${path} can't be read: ${reasonOf(error)}.`, { parameters: { path } });
  }
}

function parse(path: string, bytes: Buffer): readonly CaChange[] {
  try {
    return fileSchema.parse(JSON.parse(bytes.toString('utf8'))).changes;
  } catch {
    throw problem(
      'storage',
      `${path} is damaged or of a newer version. Move it away to go on; the values in it have to be put back by hand.`,
      { parameters: { path } },
    );
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Both hold what was before; a value that changed twice within one change has its first one. */
export const valuesBefore = (
  steps: readonly { readonly key: string; readonly name: string; readonly before: RegistryData | null }[],
): CaChange['values'] => {
  const first = new Map<string, CaChange['values'][number]>();
  for (const { key, name, before } of steps) {
    const id = `${key}\\${name}`.toLowerCase();
    if (!first.has(id)) first.set(id, valueSchema.parse({ key, name, before }));
  }
  return [...first.values()];
};
