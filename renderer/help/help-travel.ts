/** The pages somebody has read in one opening of the help, for Back and Forward. Pure. */
import type { HelpTopic } from './topics.ts';

export interface HelpTravel {
  readonly past: readonly HelpTopic[];
  readonly now: HelpTopic;
  readonly future: readonly HelpTopic[];
}

export const startAt = (topic: HelpTopic): HelpTravel => ({ past: [], now: topic, future: [] });

export const openPage = (travel: HelpTravel, topic: HelpTopic): HelpTravel =>
  topic === travel.now ? travel : { past: [...travel.past, travel.now], now: topic, future: [] };

export function goBack({ past, now, future }: HelpTravel): HelpTravel {
  const last = past.at(-1);
  return last === undefined ? { past, now, future } : { past: past.slice(0, -1), now: last, future: [now, ...future] };
}

export function goForward({ past, now, future }: HelpTravel): HelpTravel {
  const [next, ...later] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: later };
}
