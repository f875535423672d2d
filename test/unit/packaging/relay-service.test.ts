import { expect, test } from 'vitest';
import type { SystemEvent } from '../../../electron/base/ports.ts';
import { type RelayServiceOptions, runRelayService } from '../../../electron/packaging/relay-service.ts';
import type { ServiceState } from '../../../electron/packaging/service-control-manager.ts';
import { problem } from '../../../shared/contract/problem.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const never = new Promise<void>(() => {});

/** What Windows heard and what the relay did, in order. */
function stage(overrides: Partial<RelayServiceOptions> = {}) {
  const steps: string[] = [];
  const events: SystemEvent[] = [];
  let askForStop = (): void => {};
  const describe = (state: ServiceState): string =>
    state.state === 'stopped' ? `stopped ${state.exitCode}` : state.state;
  const options: RelayServiceOptions = {
    openRelay: async () => {
      steps.push('open');
      return { stop: async () => void steps.push('stop') };
    },
    controlManager: {
      async connect(name, onStop) {
        steps.push(`connect ${name}`);
        askForStop = onStop;
        return {
          report: (state) => {
            steps.push(describe(state));
            if (state.state === 'running') askForStop();
          },
          ended: Promise.resolve(),
        };
      },
    },
    stopWanted: never,
    log: new MemoryLog(),
    eventLog: { write: (event) => void events.push(event) },
    complain: (sentence) => void steps.push(`complain: ${sentence}`),
    ...overrides,
  };
  return { options, steps, events };
}

test('Windows hears of every step, first of all that the service starts', async () => {
  const { options, steps } = stage();
  expect(await runRelayService(options)).toBe(0);
  expect(steps).toEqual(['connect SmtpRelay', 'starting', 'open', 'running', 'stopping', 'stop', 'stopped 0']);
});

test('a relay that cannot run ends with a code for recovery and a sentence in the event log', async () => {
  const { options, steps, events } = stage({
    openRelay: async () => {
      throw problem('storage', 'The data folder is held by process 12.');
    },
  });
  expect(await runRelayService(options)).toBe(1);
  expect(steps).toEqual([
    ...['connect SmtpRelay', 'starting', 'complain: The data folder is held by process 12.', 'stopped 1'],
  ]);
  expect(events).toEqual([
    { eventId: 102, severity: 'error', text: 'The relay does not run: The data folder is held by process 12.' },
  ]);
});

test('started by a person, it runs until a signal', async () => {
  const { options, steps } = stage({
    controlManager: { connect: async () => null },
    stopWanted: Promise.resolve(),
  });
  expect(await runRelayService(options)).toBe(0);
  expect(steps).toEqual(['open', 'stop']);
});

test('a wish to stop during the start is not lost', async () => {
  const { options, steps } = stage({
    controlManager: {
      async connect(_name, onStop) {
        onStop();
        return { report: ({ state }) => void steps.push(state), ended: Promise.resolve() };
      },
    },
  });
  expect(await runRelayService(options)).toBe(0);
  expect(steps).toEqual(['starting', 'open', 'running', 'stopping', 'stop', 'stopped']);
});
