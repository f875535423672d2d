/** How the certification authority of this computer sends its mail: read, plan, change, take back. */
import * as z from 'zod';
import { call } from '../call.ts';

export const exitModuleCalls = {
  'ca.status': call(z.null(), z.object({ present: z.boolean() })),
} as const;
