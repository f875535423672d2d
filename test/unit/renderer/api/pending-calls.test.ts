import { expect, test } from 'vitest';
import { watchPendingCalls } from '../../../../renderer/api/pending-calls.ts';
import type { ContractClient } from '../../../../shared/contract/client.ts';
import { ProblemError } from '../../../../shared/contract/problem.ts';

/** A client whose calls are answered by hand, and a timer that rings by hand. */
function watched() {
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const timers = new Set<() => void>();
  const client = {
    call: () => new Promise<void>((resolve, reject) => answers.push({ resolve, reject })),
    on: () => () => {},
    onClose: () => {},
    close: () => {},
  } as unknown as ContractClient;
  const pending = watchPendingCalls(client, (_delayMs, action) => {
    timers.add(action);
    return () => timers.delete(action);
  });
  let changes = 0;
  pending.onChange(() => {
    changes += 1;
  });
  const ring = (): void => {
    for (const action of [...timers]) {
      timers.delete(action);
      action();
    }
  };
  return { pending, answers, timers, ring, changes: () => changes };
}

test('a call that is answered at once is never noticed', async () => {
  const { pending, answers, timers, changes } = watched();
  const answer = pending.client.call('status.get', null);
  answers[0]?.resolve();
  await answer;
  expect(timers.size).toBe(0);
  expect(changes()).toBe(0);
});

test('one that waits is noticed until the last of them is answered', async () => {
  const { pending, answers, ring, changes } = watched();
  const calls = [pending.client.call('status.get', null), pending.client.call('server.stop', { serverId: '1' })];
  ring();
  expect(pending.isSlow()).toBe(true);
  answers[0]?.resolve();
  await calls[0];
  expect(pending.isSlow()).toBe(true);
  answers[1]?.resolve();
  await calls[1];
  expect(pending.isSlow()).toBe(false);
  expect(changes()).toBe(2);
});

test('a refusal ends the waiting as well and reaches the caller', async () => {
  const { pending, answers, ring } = watched();
  const call = pending.client.call('server.start', { serverId: '1' });
  ring();
  answers[0]?.reject(new ProblemError({ code: 'notPossible', message: 'No.' }));
  await expect(call).rejects.toThrow('No.');
  expect(pending.isSlow()).toBe(false);
});
