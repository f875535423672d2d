/** Where one can be in the console tree, and the way one came. Pure. */
import type { ServerId } from '../../shared/contract/messages.ts';

export type Place =
  | { readonly kind: 'root' }
  | { readonly kind: 'computer' }
  | { readonly kind: 'server'; readonly serverId: ServerId }
  | { readonly kind: 'domains'; readonly serverId: ServerId }
  | { readonly kind: 'sessions'; readonly serverId: ServerId }
  | { readonly kind: 'queue'; readonly serverId: ServerId }
  | { readonly kind: 'badmail'; readonly serverId: ServerId }
  | { readonly kind: 'log'; readonly serverId: ServerId };

/** Also the id of the node in the tree. */
export const placeId = (place: Place): string =>
  'serverId' in place
    ? place.kind === 'server'
      ? `server/${place.serverId}`
      : `server/${place.serverId}/${place.kind}`
    : place.kind;

/** The nodes below a virtual server, from top to bottom. */
export const kindsOfServer = ['domains', 'sessions', 'queue', 'badmail', 'log'] as const;

export const parsePlaceId = (id: string): Place | null => {
  if (id === 'root' || id === 'computer') return { kind: id };
  const [, serverId, rest] = /^server\/([1-9][0-9]{0,3})(?:\/([a-z]+))?$/.exec(id) ?? [];
  if (serverId === undefined) return null;
  if (rest === undefined) return { kind: 'server', serverId };
  const kind = kindsOfServer.find((known) => known === rest);
  return kind === undefined ? null : { kind, serverId };
};

export const parentOf = (place: Place): Place | null => {
  switch (place.kind) {
    case 'root':
      return null;
    case 'computer':
      return { kind: 'root' };
    case 'server':
      return { kind: 'computer' };
    case 'domains':
    case 'sessions':
    case 'queue':
    case 'badmail':
    case 'log':
      return { kind: 'server', serverId: place.serverId };
  }
};

/** Earlier places oldest first, later places next first. */
export interface History {
  readonly past: readonly Place[];
  readonly now: Place;
  readonly future: readonly Place[];
}

export type HistoryEvent =
  | { readonly type: 'go'; readonly to: Place }
  | { readonly type: 'back' }
  | { readonly type: 'forward' };

const longestPast = 100;

export function travel(history: History, event: HistoryEvent): History {
  const { past, now, future } = history;
  switch (event.type) {
    case 'go':
      return placeId(event.to) === placeId(now)
        ? history
        : { past: [...past, now].slice(-longestPast), now: event.to, future: [] };
    case 'back': {
      const last = past.at(-1);
      return last === undefined ? history : { past: past.slice(0, -1), now: last, future: [now, ...future] };
    }
    case 'forward': {
      const [next, ...later] = future;
      return next === undefined ? history : { past: [...past, now], now: next, future: later };
    }
  }
}
