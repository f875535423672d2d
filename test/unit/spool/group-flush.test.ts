import { expect, test } from 'vitest';
import { createGroupFlush } from '../../../electron/spool/group-flush.ts';
import { closedGate, type Gate, settled } from '../../fakes/gate.ts';

/** A flush that ends when the test says so. */
function controlledFlush() {
  const started: Gate[] = [];
  const flush = (): Promise<void> => {
    const run = closedGate();
    started.push(run);
    return run.promise;
  };
  return { started, flush };
}

test('who comes while a flush runs waits for the next one, all with the same', async () => {
  const { started, flush } = controlledFlush();
  const request = createGroupFlush(flush);
  const done: string[] = [];
  const first = request().then(() => done.push('first'));
  await settled();
  const others = ['second', 'third'].map((name) => request().then(() => done.push(name)));
  await settled();
  expect(started).toHaveLength(1);

  started[0]?.open();
  await first;
  await settled();
  expect(done).toEqual(['first']);
  expect(started).toHaveLength(2);

  started[1]?.open();
  await Promise.all(others);
  expect(done).toEqual(['first', 'second', 'third']);
  expect(started).toHaveLength(2);
});

test('who comes at the same moment shares one flush', async () => {
  const { started, flush } = controlledFlush();
  const request = createGroupFlush(flush);
  const all = Promise.all([request(), request(), request()]);
  await settled();
  expect(started).toHaveLength(1);
  started[0]?.open();
  await all;
});

test('a failure reaches those who waited for this flush, and nobody else', async () => {
  const { started, flush } = controlledFlush();
  const request = createGroupFlush(flush);
  const failing = expect(Promise.all([request(), request()])).rejects.toThrow('disk gone');
  await settled();
  const next = request();
  started[0]?.fail(new Error('disk gone'));
  await failing;
  await settled();
  started[1]?.open();
  await next;
  expect(started).toHaveLength(2);
});

test('later requests flush again', async () => {
  let flushes = 0;
  const request = createGroupFlush(async () => {
    flushes += 1;
  });
  await request();
  await request();
  expect(flushes).toBe(2);
});
