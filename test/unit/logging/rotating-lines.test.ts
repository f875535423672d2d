import { EventEmitter } from 'node:events';
import type { RotatingFileStream } from 'rotating-file-stream';
import { expect, test } from 'vitest';
import { RotatingLines } from '../../../electron/logging/rotating-lines.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** As much of the library's stream as lines need; the test ends its writes. */
class SlowStream extends EventEmitter {
  readonly written: string[] = [];
  endWrite: (error?: Error) => void = () => undefined;
  destroyed = false;

  write(text: string, done: (error?: Error) => void): void {
    this.written.push(text);
    this.endWrite = done;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

const gatherMs = 100;

function open() {
  const stream = new SlowStream();
  const clock = new FakeClock('2026-11-24T12:00:00Z');
  const lines = new RotatingLines({
    open: () => stream as unknown as RotatingFileStream,
    header: () => '',
    clock,
    onFile: () => undefined,
    onProblem: () => undefined,
  });
  stream.emit('open');
  return { stream, clock, lines };
}

test('lines of one moment leave in one write', async () => {
  const { stream, clock, lines } = open();
  lines.write('one\n');
  lines.write('two\n');
  await clock.advance(gatherMs - 1);
  expect(stream.written).toEqual([]);
  await clock.advance(1);
  expect(stream.written).toEqual(['one\ntwo\n']);
});

test('lines whose time comes while the disk still writes earlier ones leave as soon as it is done', async () => {
  const { stream, clock, lines } = open();
  lines.write('one\n');
  await clock.advance(gatherMs);
  lines.write('two\n');
  await clock.advance(gatherMs);
  expect(stream.written).toEqual(['one\n']);
  stream.endWrite();
  expect(stream.written).toEqual(['one\n', 'two\n']);
});

test('lines that came at the end of a write wait for others all the same', async () => {
  const { stream, clock, lines } = open();
  lines.write('one\n');
  await clock.advance(gatherMs);
  lines.write('two\n');
  stream.endWrite();
  expect(stream.written).toEqual(['one\n']);
  await clock.advance(gatherMs);
  expect(stream.written).toEqual(['one\n', 'two\n']);
});
