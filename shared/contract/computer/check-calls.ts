/** Check this server: what stands between a certification authority and its mail. */
import * as z from 'zod';
import { call } from '../call.ts';

export const checkFindingSchema = z.object({
  /** Stable word, for scripts and for the translated texts. */
  id: z.string().max(100),
  severity: z.enum(['ok', 'note', 'warning', 'problem', 'skipped']),
  /** What was found, with values. */
  what: z.string(),
  /** Why it matters to a certification authority. */
  why: z.string(),
  /** What to do; empty when there is nothing to do. */
  action: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type CheckFinding = z.infer<typeof checkFindingSchema>;

export const checkCalls = {
  'check.list': call(z.null(), z.array(z.object({ id: z.string() }))),
} as const;
