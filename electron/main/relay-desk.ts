/**
 * The relay behind the window over the life of the application: it is opened, may be out of reach for want of rights, and
 * changes hands when it becomes a service. Knows nothing of Electron.
 */
import type { DesktopState } from '../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Clock, Log } from '../base/ports.ts';
import type { DesktopRelay } from './relay.ts';

export interface RelayDesk {
  /** Opens the relay for the first time. @throws {ProblemError} when it can't be opened at all. */
  open(): Promise<void>;
  readonly state: () => DesktopState['relay'];
  /** Null while there is none. */
  readonly relay: () => DesktopRelay | null;
  /** Serves a page of the window; its frames wait for the relay. */
  connect(channel: FrameChannel): void;
  /** Stops a relay of our own, runs `change`, and opens again what is there after it, whatever became of the change. */
  handOver<Answer>(change: () => Promise<Answer>): Promise<Answer>;
  /** The end: opens nothing any more, and stops a relay of our own. */
  stop(): Promise<void>;
}

export interface RelayDeskOptions {
  readonly openRelay: () => Promise<DesktopRelay>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  /** After a change there is no relay that could be opened. */
  readonly onLost: (error: unknown) => void;
}

/** Somebody may stop the service meanwhile, or give this account the rights. */
const rightsPauseMs = 5_000;

export function createRelayDesk(options: RelayDeskOptions): RelayDesk {
  const { openRelay, clock, log, onChange, onLost } = options;
  let state: DesktopState['relay'] = 'opening';
  let relay: DesktopRelay | null = null;
  let opening: Promise<DesktopRelay> = new Promise(() => {}); // until `open`
  let busy = false;
  let ended = false;

  const become = (nextState: DesktopState['relay'], next: DesktopRelay | null): void => {
    state = nextState;
    relay = next;
    if (!ended) onChange();
  };
  const openWithRights = async (): Promise<DesktopRelay> => {
    for (;;) {
      try {
        return await openRelay();
      } catch (error) {
        if (!isAccessDenied(error)) throw error;
        if (state !== 'noRights') {
          log.warn('relay out of reach', { reason: error.message });
          become('noRights', null);
        }
        await new Promise<void>((resolve) => clock.after(rightsPauseMs, resolve));
      }
    }
  };
  const reopen = async (): Promise<void> => {
    const opened = await opening;
    log.info('relay opened', { kind: opened.kind });
    become(opened.kind, opened);
  };

  return {
    async open() {
      opening = openWithRights();
      await reopen();
    },
    state: () => state,
    relay: () => relay,
    connect(channel) {
      opening.then(
        (opened) => opened.connect(channel),
        () => channel.close(),
      );
    },
    async handOver(change) {
      if (relay === null || busy) throw problem('notPossible', busyText);
      busy = true;
      let found = (_relay: DesktopRelay): void => {};
      let failed = (_error: unknown): void => {};
      const own = relay;
      opening = new Promise<DesktopRelay>((resolve, reject) => {
        found = resolve;
        failed = reject;
      });
      opening.catch(() => {}); // a page that waits hears of it by its channel
      become('opening', null);
      try {
        if (own.kind === 'hosted') await own.stop();
        return await change();
      } finally {
        busy = false;
        if (ended) failed(new Error('the application ends'));
        else {
          openWithRights().then(found, failed);
          await reopen().catch(onLost);
        }
      }
    },
    async stop() {
      ended = true;
      if (state === 'noRights') return;
      const opened = await opening.catch(() => null);
      if (opened?.kind === 'hosted') await opened.stop();
    },
  };
}

const busyText = 'The relay is being opened. Try again in a moment.';

const isAccessDenied = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.parameters?.reason === 'accessDenied';
