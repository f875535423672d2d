/** What lies beside the program, in a checkout (electron/host) and built (one folder of dist) alike. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const appFolder = join(import.meta.dirname, '../..');

/** The built browser console. */
export const consoleFolder = join(appFolder, 'dist/renderer');

const manifestSchema = z.object({ version: z.string() });

export const readVersion = (): string =>
  manifestSchema.parse(JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'))).version;
