import { expect, test } from 'vitest';
import { joinChannels } from '../../../electron/main/join-channels.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';

class TestChannel implements FrameChannel {
  readonly sent: unknown[] = [];
  closed = false;
  refuses = false;
  #receive: (frame: unknown) => void = () => {};
  #closed: () => void = () => {};

  send(frame: unknown): void {
    if (this.refuses) throw new TypeError('Do not know how to serialize a BigInt');
    this.sent.push(frame);
  }
  onFrame(listener: (frame: unknown) => void): void {
    this.#receive = listener;
  }
  onClose(listener: () => void): void {
    this.#closed = listener;
  }
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#closed();
  }
  receive(frame: unknown): void {
    this.#receive(frame);
  }
}

const join = () => {
  const [window, pipe] = [new TestChannel(), new TestChannel()];
  joinChannels(window, pipe);
  return { window, pipe };
};

test('frames pass both ways', () => {
  const { window, pipe } = join();
  window.receive('call');
  pipe.receive('answer');
  expect({ toPipe: pipe.sent, toWindow: window.sent }).toEqual({ toPipe: ['call'], toWindow: ['answer'] });
});

test.each(['window', 'pipe'] as const)('when the %s ends, so does the other side', (side) => {
  const channels = join();
  channels[side].close();
  expect([channels.window.closed, channels.pipe.closed]).toEqual([true, true]);
});

test('a frame that can not travel ends the channel and throws at nobody', () => {
  const { window, pipe } = join();
  pipe.refuses = true;
  window.receive(1n);
  expect([window.closed, pipe.closed]).toEqual([true, true]);
});
