/** Choosing files and folders of this computer with the system's own dialog. */
import * as z from 'zod';
import { call } from '../call.ts';

export const fileKindSchema = z.enum(['folder', 'certificate', 'privateKey', 'metabase', 'any']);
export type FileKind = z.infer<typeof fileKindSchema>;

export const fileCalls = {
  /** Null: the person chose none. `startAt` is where the dialog opens, if that place exists. */
  'file.choose': call(
    z.object({ kind: fileKindSchema, startAt: z.string().max(1_000).default('') }),
    z.object({ path: z.string().nullable() }),
  ),
} as const;
