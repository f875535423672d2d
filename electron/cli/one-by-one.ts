import type { BulkOutcome } from '../../shared/contract/messages.ts';
import { sumOutcomes } from './formats.ts';

/** Calls under way at a time; the relay takes up to 256 from one client. */
const callsAtOnce = 32;

/** A call for each: only so the answer tells which of them are not there. Each once, however often it is named. */
export async function oneByOne(
  names: readonly string[],
  act: (name: string) => Promise<BulkOutcome>,
): Promise<{ readonly outcome: BulkOutcome; readonly unknown: readonly string[] }> {
  const different = [...new Set(names)];
  const found: BulkOutcome[] = [];
  const unknown: string[] = [];
  for (let start = 0; start < different.length; start += callsAtOnce) {
    const batch = different.slice(start, start + callsAtOnce);
    const outcomes = await Promise.all(batch.map(async (name) => ({ name, outcome: await act(name) })));
    for (const { name, outcome } of outcomes) {
      if (outcome.skipped.some(({ reason }) => reason === 'notFound')) unknown.push(name);
      else found.push(outcome);
    }
  }
  return { outcome: sumOutcomes(found), unknown };
}
