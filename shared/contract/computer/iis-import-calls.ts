/** Taking over an SMTP virtual server of IIS: read its metabase, show what becomes of it, import. */
import * as z from 'zod';
import { call } from '../call.ts';

export const iisImportCalls = {
  'iisImport.read': call(
    z.object({ path: z.string().max(1_000) }),
    z.object({ servers: z.array(z.object({ number: z.int() })) }),
  ),
} as const;
