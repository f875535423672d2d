import { expect, test } from 'vitest';
import { createLogFollower } from '../../../../renderer/log/log-follower.ts';
import type { ProtocolLogLine } from '../../../../shared/contract/servers.ts';
import { lines } from './lines.ts';

/** A log that answers as the relay does. */
class Log {
  written: readonly ProtocolLogLine[] = [];
  readonly asked: number[] = [];
  broken = false;

  readonly read = async (after: number) => {
    this.asked.push(after);
    if (this.broken) throw new Error('not connected');
    return { sequence: this.written.length, lines: this.written.filter(({ sequence }) => sequence > after) };
  };
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

const start = () => {
  const log = new Log();
  const follower = createLogFollower(log.read);
  const sequences = (): readonly number[] =>
    follower.state().buffer.rows.map((row) => (row.kind === 'line' ? row.line.sequence : -row.count));
  return { log, follower, sequences };
};

test('each question goes on where the last answer ended', async () => {
  const { log, follower, sequences } = start();
  log.written = lines(1, 2);
  follower.ask();
  await settled();
  log.written = lines(1, 4);
  follower.ask();
  await settled();
  expect(sequences()).toEqual([1, 2, 3, 4]);
  expect(log.asked).toEqual([0, 2]);
});

test('however often it is asked meanwhile, one question follows', async () => {
  const { log, follower } = start();
  for (let times = 0; times < 10; times += 1) follower.ask();
  await settled();
  expect(log.asked.length).toBe(2);
});

test('after a restart of the relay its lines are read from the first one', async () => {
  const { log, follower, sequences } = start();
  log.written = lines(1, 3);
  follower.ask();
  await settled();
  log.written = lines(1, 2);
  follower.ask();
  await settled();
  expect(sequences()).toEqual([1, 2, 3, 1, 2]);
});

test('what failed is told, the lines stay, and the next question goes on', async () => {
  const { log, follower, sequences } = start();
  log.written = lines(1, 1);
  follower.ask();
  await settled();
  log.broken = true;
  follower.ask();
  await settled();
  expect(follower.state().problem).toEqual(new Error('not connected'));
  expect(sequences()).toEqual([1]);
  log.broken = false;
  log.written = lines(1, 2);
  follower.ask();
  await settled();
  expect(follower.state().problem).toBeNull();
  expect(sequences()).toEqual([1, 2]);
});

test('listeners hear of answers and of clearing, until they leave', async () => {
  const { follower } = start();
  let heard = 0;
  const leave = follower.subscribe(() => {
    heard += 1;
  });
  follower.ask();
  await settled();
  expect(heard).toBe(1);
  follower.clear();
  expect(heard).toBe(2);
  leave();
  follower.clear();
  expect(heard).toBe(2);
});
