/**
 * Keeps the rows on the screen fresh: asks for pages that are missing at once, for pages that are out of date a few
 * times a second at the most, one request at a time. Knows neither React nor how calls travel.
 */
import type { ArgumentOf } from '../../shared/contract/calls.ts';
import { type Problem, ProblemError } from '../../shared/contract/problem.ts';
import {
  emptyWindow,
  nextRequest,
  outdated,
  type PageRequest,
  type QueueAnswer,
  type QueueWindow,
  type RowRange,
  withAnswer,
} from './queue-window.ts';

export type QueueQuery = Pick<ArgumentOf<'queue.list'>, 'filter' | 'sort'>;

export interface QueueLoad {
  readonly window: QueueWindow;
  /** The query the rows belong to; still the last one while the first rows of a new one are on the way. */
  readonly shownQuery: QueueQuery;
  /** Something changed while the list was paused. */
  readonly behind: boolean;
  /** Why the last request failed; it is tried again by itself. */
  readonly problem: Problem | null;
}

export interface QueueLoaderPorts {
  list(query: QueueQuery, request: PageRequest): Promise<QueueAnswer>;
  nowMs(): number;
  /** Runs `action` once after `delayMs`; returns a function that cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

export interface QueueLoader {
  state(): QueueLoad;
  subscribe(listener: () => void): () => void;
  setQuery(query: QueueQuery): void;
  setVisible(range: RowRange): void;
  setLive(live: boolean): void;
  /** The relay says that the queue changed. */
  changed(): void;
  /** Asks again, paused or not. */
  refresh(): void;
  /** Nothing is asked before. Returns a function that stops it; it can be started again. */
  start(): () => void;
}

/** Faster than one reads; a queue that drains costs the page as much as it is drawn. */
const refreshEveryMs = 500;
/** After a failure, and while the relay is still reading its folder. */
const askAgainMs = 1_000;

export function createQueueLoader(ports: QueueLoaderPorts, firstQuery: QueueQuery): QueueLoader {
  const listeners = new Set<() => void>();
  let load: QueueLoad = { window: emptyWindow, shownQuery: firstQuery, behind: false, problem: null };
  let query = firstQuery;
  /** As published, apart from pages marked as out of date since. */
  let window = emptyWindow;
  let visible: RowRange = { start: 0, end: 1 };
  let live = true;
  let stopped = true;
  let underWay: Promise<QueueAnswer> | null = null;
  let changedMeanwhile = false;
  let lastAskedMs = Number.NEGATIVE_INFINITY;
  let cancelWait: (() => void) | null = null;
  let cancelPoll: (() => void) | null = null;

  const publish = (change: Partial<QueueLoad>): void => {
    load = { ...load, ...change };
    for (const listener of listeners) listener();
  };

  const wait = (delayMs: number): void => {
    cancelWait?.();
    cancelWait = ports.after(delayMs, () => {
      cancelWait = null;
      proceed();
    });
  };

  const proceed = (): void => {
    if (stopped || underWay !== null || cancelWait !== null) return;
    const request = nextRequest(window, visible);
    if (request === null) return;
    const waitMs = request.urgent ? 0 : lastAskedMs + refreshEveryMs - ports.nowMs();
    if (waitMs > 0) wait(waitMs);
    else void ask(request);
  };

  const proceedAtOnce = (): void => {
    cancelWait?.();
    cancelWait = null;
    proceed();
  };

  const ask = async (request: PageRequest): Promise<void> => {
    const asked = query;
    const answering = ports.list(asked, request);
    // Whoever sets this aside (another query, a stop) gives up on the answer.
    underWay = answering;
    changedMeanwhile = false;
    lastAskedMs = ports.nowMs();
    try {
      const answer = await answering;
      if (underWay !== answering) return;
      underWay = null;
      const fresh = withAnswer(window, request, answer, visible);
      // The answer may be older than the change that was announced while it was on its way.
      window = changedMeanwhile ? outdated(fresh) : fresh;
      if (answer.recovering) pollLater();
      publish({ window: fresh, shownQuery: asked, problem: null });
    } catch (error) {
      if (underWay !== answering) return;
      underWay = null;
      wait(askAgainMs);
      publish({ problem: problemOf(error) });
    }
    proceed();
  };

  const pollLater = (): void => {
    cancelPoll?.();
    cancelPoll = ports.after(askAgainMs, markOutdated);
  };

  const markOutdated = (): void => {
    changedMeanwhile = true;
    window = outdated(window);
    if (load.behind) publish({ behind: false });
    proceed();
  };

  return {
    state: () => load,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setQuery: (next) => {
      if (next === query) return;
      query = next;
      window = emptyWindow;
      underWay = null;
      proceedAtOnce();
    },
    setVisible: (range) => {
      if (range.start === visible.start && range.end === visible.end) return;
      visible = range;
      // Rows that are missing don't wait for the next refresh; after a failure they do.
      if (load.problem === null) proceedAtOnce();
    },
    setLive: (on) => {
      live = on;
      if (live && load.behind) markOutdated();
    },
    changed: () => {
      if (live) markOutdated();
      else if (!load.behind) publish({ behind: true });
    },
    refresh: () => {
      lastAskedMs = Number.NEGATIVE_INFINITY;
      markOutdated();
      proceedAtOnce();
    },
    start: () => {
      stopped = false;
      markOutdated();
      return () => {
        stopped = true;
        underWay = null;
        cancelWait?.();
        cancelPoll?.();
        cancelWait = null;
      };
    },
  };
}

const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : { code: 'internal', message: String(error) };
