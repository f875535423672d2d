/** The pane of the destinations, as it is remembered. Pure. */
import { type ListLayout, parseListLayout } from '../app/list-layout.ts';

export const lowestPanePx = 73;
export const highestPanePx = 600;

export interface DestinationsLayout {
  readonly shown: boolean;
  readonly heightPx: number;
  readonly list: ListLayout;
}

/** Whatever is found in the storage becomes a layout. */
export function parseDestinationsLayout(raw: unknown): DestinationsLayout {
  const { shown, heightPx, list } = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const valid = typeof heightPx === 'number' && heightPx >= lowestPanePx && heightPx <= highestPanePx;
  return { shown: shown !== false, heightPx: valid ? heightPx : 122, list: parseListLayout(list) };
}
