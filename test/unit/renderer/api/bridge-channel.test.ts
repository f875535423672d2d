import { expect, test } from 'vitest';
import { openBridgeChannel } from '../../../../renderer/api/bridge-channel.ts';
import { channelEndFrame } from '../../../../shared/contract/bridge.ts';

const createBridge = () => {
  const listeners = new Set<(frame: unknown) => void>();
  const sent: unknown[] = [];
  return {
    sent,
    listeners,
    receive: (frame: unknown): void => {
      for (const listener of [...listeners]) listener(frame);
    },
    bridge: {
      send: (frame: unknown) => void sent.push(frame),
      onFrame: (listener: (frame: unknown) => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
};

test('frames pass both ways', () => {
  const { bridge, sent, receive } = createBridge();
  const channel = openBridgeChannel(bridge);
  const received: unknown[] = [];
  channel.onFrame((frame) => received.push(frame));
  channel.send({ a: 1 });
  receive({ b: 2 });
  expect(sent).toEqual([{ a: 1 }]);
  expect(received).toEqual([{ b: 2 }]);
});

test.each(['the main process ends it', 'it is closed here'])('%s: closed once, nothing left behind', (how) => {
  const { bridge, sent, listeners, receive } = createBridge();
  const channel = openBridgeChannel(bridge);
  let closes = 0;
  channel.onClose(() => {
    closes += 1;
  });
  const received: unknown[] = [];
  channel.onFrame((frame) => received.push(frame));
  if (how === 'it is closed here') channel.close();
  else receive(channelEndFrame);
  channel.close();
  channel.send({ late: true });
  expect(closes).toBe(1);
  expect(listeners.size).toBe(0);
  expect(sent).toEqual([]);
  expect(received).toEqual([]);
});
