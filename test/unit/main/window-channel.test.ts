import { expect, test } from 'vitest';
import { createWindowChannel } from '../../../electron/main/window-channel.ts';
import { channelEndFrame } from '../../../shared/contract/bridge.ts';
import type { FrameChannel } from '../../../shared/contract/frames.ts';

function createWindow() {
  const channels: FrameChannel[] = [];
  const sent: unknown[] = [];
  const window = createWindowChannel({
    connect: (channel) => channels.push(channel),
    send: (frame) => sent.push(frame),
  });
  const channel = (index: number): FrameChannel => {
    const found = channels[index];
    if (found === undefined) throw new Error(`no channel ${index}`);
    return found;
  };
  return { window, channels, channel, sent };
}

const collect = (channel: FrameChannel): unknown[] => {
  const frames: unknown[] = [];
  channel.onFrame((frame) => frames.push(frame));
  return frames;
};

test('frames that come before the relay listens wait for it, in order', () => {
  const { window, channels, channel } = createWindow();
  window.receive(1);
  window.receive(2);
  expect(channels).toHaveLength(1);
  const frames = collect(channel(0));
  window.receive(3);
  expect(frames).toEqual([1, 2, 3]);
});

test('a page that floods a relay still being opened is cut off', () => {
  const { window, sent } = createWindow();
  for (let count = 0; count < 257; count += 1) window.receive(count);
  expect(sent).toEqual([channelEndFrame]);
});

test('closing tells the window once, and its next frame opens a new channel', () => {
  const { window, channels, channel, sent } = createWindow();
  let closed = 0;
  window.receive(1);
  channel(0).onClose(() => {
    closed += 1;
  });
  channel(0).close();
  channel(0).close();
  channel(0).send('late');
  expect({ closed, sent }).toEqual({ closed: 1, sent: [channelEndFrame] });
  window.receive(2);
  expect(channels).toHaveLength(2);
  expect(collect(channel(1))).toEqual([2]);
});

test('after a reload the answers for the old page are not sent to the new one', () => {
  const { window, channel, sent } = createWindow();
  let closed = 0;
  window.receive('old call');
  channel(0).onClose(() => {
    closed += 1;
  });
  window.end();
  window.receive('new call');
  channel(0).send('answer to the old call');
  channel(1).send('answer to the new call');
  expect({ closed, sent }).toEqual({ closed: 1, sent: ['answer to the new call'] });
});

test('who asks too late still hears that the channel was closed', async () => {
  const { window, channel } = createWindow();
  window.receive(1);
  window.end();
  await expect(new Promise<string>((resolve) => channel(0).onClose(() => resolve('closed')))).resolves.toBe('closed');
});
