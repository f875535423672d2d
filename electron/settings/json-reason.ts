/** Why a text is not the JSON that was expected, in words. */
import type * as z from 'zod';
import { quoted } from '../../shared/settings/check-setting.ts';

/** @param error  What the decoder or `JSON.parse` threw. */
export const jsonReason = (error: unknown): string =>
  error instanceof SyntaxError ? `not valid JSON: ${error.message}.` : 'not UTF-8 text.';

/** 'servers[0].id: Invalid input.' */
export function shapeReason(issue: z.core.$ZodIssue | undefined, otherwise: string): string {
  if (issue === undefined) return otherwise;
  const place = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const where = place === '' ? '' : `${place.slice(1)}: `;
  if (issue.code === 'unrecognized_keys') return `${where}unknown entry ${quoted(issue.keys[0])}.`;
  return `${where}${issue.message.replace(/\.?$/, '.')}`;
}
