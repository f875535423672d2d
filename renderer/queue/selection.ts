/**
 * What is selected in the list, which row has the focus and where a Shift range starts. Pure.
 * Rows are known by id; the index only says where a row was seen last, because the list moves while one looks at it.
 */
import type { BulkOutcome, MessageId, QueueFilter, QueueTarget } from '../../shared/contract/messages.ts';

/** `id` is null until the row at that index has been loaded. */
export interface RowPlace {
  readonly index: number;
  readonly id: MessageId | null;
}

export type Chosen =
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<MessageId> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<MessageId> };

export interface Selection {
  readonly chosen: Chosen;
  readonly focus: RowPlace | null;
  /** The fixed end of a Shift range. */
  readonly anchor: RowPlace | null;
}

export type SelectionEvent =
  | { readonly type: 'only'; readonly place: RowPlace }
  | { readonly type: 'toggle'; readonly place: RowPlace }
  /** Moves the focus and leaves the selection alone. */
  | { readonly type: 'focus'; readonly place: RowPlace }
  /** `ids` lie between the anchor and `place`; `add` keeps what was selected before. */
  | { readonly type: 'range'; readonly place: RowPlace; readonly ids: readonly MessageId[]; readonly add: boolean }
  | { readonly type: 'all' }
  | { readonly type: 'none' }
  /** Another sort: the selection stays, the focus follows its message if that is found among the first rows. */
  | { readonly type: 'resorted' }
  /** Fresh rows came in: places follow their ids. `complete` when these rows are the whole list. */
  | { readonly type: 'seen'; readonly rows: ReadonlyMap<MessageId, number>; readonly complete: boolean };

const noIds: ReadonlySet<MessageId> = new Set();
const nothing: Chosen = { kind: 'ids', ids: noIds };

export const emptySelection: Selection = { chosen: nothing, focus: null, anchor: null };

export function select(from: Selection, event: SelectionEvent): Selection {
  switch (event.type) {
    case 'only':
      return { chosen: onlyId(event.place.id), focus: event.place, anchor: event.place };
    case 'toggle':
      return { chosen: toggled(from.chosen, event.place.id), focus: event.place, anchor: event.place };
    case 'focus':
      return { ...from, focus: event.place, anchor: from.anchor ?? event.place };
    case 'range':
      return {
        chosen: event.add ? withIds(from.chosen, event.ids) : { kind: 'ids', ids: new Set(event.ids) },
        focus: event.place,
        anchor: from.anchor ?? event.place,
      };
    case 'all':
      return { ...from, chosen: { kind: 'all', except: noIds } };
    case 'none':
      return { ...from, chosen: nothing };
    case 'resorted':
      return { ...from, focus: toTop(from.focus), anchor: toTop(from.anchor) };
    case 'seen':
      return afterRefresh(from, event.rows, event.complete);
  }
}

const toTop = (place: RowPlace | null): RowPlace | null => (place === null ? null : { index: 0, id: place.id });

const onlyId = (id: MessageId | null): Chosen => (id === null ? nothing : { kind: 'ids', ids: new Set([id]) });

function toggled(chosen: Chosen, id: MessageId | null): Chosen {
  if (id === null) return chosen;
  const flip = (ids: ReadonlySet<MessageId>): ReadonlySet<MessageId> => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return next;
  };
  return chosen.kind === 'ids' ? { kind: 'ids', ids: flip(chosen.ids) } : { kind: 'all', except: flip(chosen.except) };
}

const withIds = (chosen: Chosen, ids: readonly MessageId[]): Chosen =>
  chosen.kind === 'ids'
    ? { kind: 'ids', ids: new Set([...chosen.ids, ...ids]) }
    : withoutExceptions(chosen.except, ids);

function withoutExceptions(except: ReadonlySet<MessageId>, ids: readonly MessageId[]): Chosen {
  const left = new Set(except);
  for (const id of ids) left.delete(id);
  return { kind: 'all', except: left };
}

/** Answers the same object when nothing moved, so that the list is not drawn again for nothing. */
function afterRefresh(from: Selection, rows: ReadonlyMap<MessageId, number>, complete: boolean): Selection {
  const chosen = complete ? pruned(from.chosen, rows) : from.chosen;
  const idAt = new Map<number, MessageId>();
  for (const [id, index] of rows) idAt.set(index, id);
  const focus = followed(from.focus, rows, idAt, complete);
  const anchor = followed(from.anchor, rows, idAt, complete);
  return chosen === from.chosen && focus === from.focus && anchor === from.anchor ? from : { chosen, focus, anchor };
}

/** A row that left hands its place to the row that took it; at the end of the list to the last one. */
function followed(
  place: RowPlace | null,
  rows: ReadonlyMap<MessageId, number>,
  idAt: ReadonlyMap<number, MessageId>,
  complete: boolean,
): RowPlace | null {
  if (place === null) return null;
  const found = place.id === null ? undefined : rows.get(place.id);
  if (found !== undefined) return found === place.index ? place : { index: found, id: place.id };
  if (complete && rows.size === 0) return null;
  const index = complete ? Math.min(place.index, rows.size - 1) : place.index;
  const id = idAt.get(index);
  if (id === undefined) return place;
  return id === place.id ? place : { index, id };
}

/** Messages that left the queue are no longer selected. Known for certain only when the whole list is loaded. */
function pruned(chosen: Chosen, rows: ReadonlyMap<MessageId, number>): Chosen {
  const ids = chosen.kind === 'ids' ? chosen.ids : chosen.except;
  const left = new Set([...ids].filter((id) => rows.has(id)));
  if (left.size === ids.size) return chosen;
  return chosen.kind === 'ids' ? { kind: 'ids', ids: left } : { kind: 'all', except: left };
}

export const isChosen = (chosen: Chosen, id: MessageId): boolean =>
  chosen.kind === 'ids' ? chosen.ids.has(id) : !chosen.except.has(id);

/** @param total  Rows that match the filter. */
export const chosenCount = (chosen: Chosen, total: number): number =>
  chosen.kind === 'ids' ? chosen.ids.size : Math.max(0, total - chosen.except.size);

/** So many ids stay well below the largest frame of every transport (1 MB). */
const idsPerCall = 20_000;

/** What an action is called with: one target, or several when very many single messages were chosen. Empty for no selection. */
export function queueTargets(chosen: Chosen, filter: QueueFilter): readonly QueueTarget[] {
  if (chosen.kind === 'all') {
    return [chosen.except.size === 0 ? { filter } : { filter, except: [...chosen.except] }];
  }
  const ids = [...chosen.ids];
  const targets: QueueTarget[] = [];
  for (let start = 0; start < ids.length; start += idsPerCall) {
    targets.push({ ids: ids.slice(start, start + idsPerCall) });
  }
  return targets;
}

/** One outcome of several calls. */
export function sumOutcomes(outcomes: readonly BulkOutcome[]): BulkOutcome {
  const skipped = new Map<BulkOutcome['skipped'][number]['reason'], number>();
  let changed = 0;
  for (const outcome of outcomes) {
    changed += outcome.changed;
    for (const { reason, count } of outcome.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + count);
  }
  return { changed, skipped: [...skipped].map(([reason, count]) => ({ reason, count })) };
}
