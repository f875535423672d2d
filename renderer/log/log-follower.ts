/** Follows the protocol log of one server: asks for what is new, one question at a time. */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import { coalesce } from '../api/coalesce.ts';
import { append, cleared, emptyLog, type LogBuffer } from './log-buffer.ts';

export interface LogState {
  readonly buffer: LogBuffer;
  /** Why the last question was not answered; null when it was. */
  readonly problem: unknown;
}

export interface LogFollower {
  state(): LogState;
  /** There may be more: asks for it. */
  ask(): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

/** @param read  The lines after this number. */
export function createLogFollower(read: (after: number) => Promise<AnswerOf<'log.tail'>>): LogFollower {
  let state: LogState = { buffer: emptyLog, problem: null };
  const listeners = new Set<() => void>();
  const set = (next: LogState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const readOn = async (): Promise<void> => {
    try {
      const answer = await read(state.buffer.sequence);
      set({ buffer: append(state.buffer, answer), problem: null });
      // The relay counts anew: its first lines were left out of this answer.
      if (state.buffer.sequence < answer.sequence) {
        set({ buffer: append(state.buffer, await read(0)), problem: null });
      }
    } catch (problem) {
      set({ ...state, problem });
    }
  };
  return {
    state: () => state,
    ask: coalesce(readOn),
    clear: () => set({ ...state, buffer: cleared(state.buffer) }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
