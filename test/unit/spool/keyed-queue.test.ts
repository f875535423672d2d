import { expect, test } from 'vitest';
import { KeyedQueue } from '../../../electron/spool/keyed-queue.ts';
import { closedGate, settled } from '../../fakes/gate.ts';

test('the same key waits, another one does not', async () => {
  const queue = new KeyedQueue();
  const gate = closedGate();
  const events: string[] = [];
  const first = queue.run('a', async () => {
    events.push('a1 starts');
    await gate.promise;
    events.push('a1 ends');
  });
  const second = queue.run('a', async () => void events.push('a2'));
  await queue.run('b', async () => void events.push('b'));
  await settled();
  expect(events).toEqual(['a1 starts', 'b']);
  gate.open();
  await Promise.all([first, second]);
  expect(events).toEqual(['a1 starts', 'b', 'a1 ends', 'a2']);
});

test('a failure is its own caller’s, the next one runs', async () => {
  const queue = new KeyedQueue();
  const failing = queue.run('a', () => Promise.reject(new Error('first')));
  const next = queue.run('a', async () => 2);
  await expect(failing).rejects.toThrow('first');
  expect(await next).toBe(2);
});
