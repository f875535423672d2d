/** Events for every console, at most a few times a second however fast things change. */
import { type EventName, type EventOf, eventNames } from '../../shared/contract/events.ts';
import type { Clock } from '../base/ports.ts';

/** Five a second: a list that is asked for again at each of them still scrolls smoothly. */
const quietMs = 200;

export interface EventHub {
  /** Sent at once, or with the last value of the quiet time at its end: the last change is never lost. */
  emit<Name extends EventName>(name: Name, event: EventOf<Name>): void;
  on<Name extends EventName>(name: Name, listener: (event: EventOf<Name>) => void): () => void;
  /** Sends nothing from now on. */
  close(): void;
}

type Listener = (event: never) => void;

interface Lane {
  readonly listeners: Set<Listener>;
  /** By virtual server: a change of one must not replace the change of another. */
  readonly waiting: Map<string, EventOf<EventName>>;
  /** Ends the quiet time; absent when there is none. */
  cancel?: () => void;
}

export function createEventHub(clock: Clock): EventHub {
  const lanes = new Map<EventName, Lane>(
    eventNames.map((name) => [name, { listeners: new Set(), waiting: new Map() }]),
  );
  const laneOf = (name: EventName): Lane => {
    const lane = lanes.get(name);
    if (lane === undefined) throw new Error(`there is no event ${name}`);
    return lane;
  };

  const flush = (lane: Lane): void => {
    delete lane.cancel;
    if (lane.waiting.size === 0) return;
    const events = [...lane.waiting.values()];
    lane.waiting.clear();
    lane.cancel = clock.after(quietMs, () => flush(lane));
    for (const event of events) for (const listener of lane.listeners) listener(event as never);
  };

  return {
    emit(name, event) {
      const lane = laneOf(name);
      lane.waiting.set(event.serverId, event);
      if (lane.cancel === undefined) flush(lane);
    },
    on(name, listener) {
      const { listeners } = laneOf(name);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const lane of lanes.values()) {
        lane.cancel?.();
        lane.listeners.clear();
        lane.waiting.clear();
      }
    },
  };
}
