import { expect, test, vi } from 'vitest';
import { startInbound } from '../../fakes/inbound.ts';

test('the greeting waits for no timer', async () => {
  const { connect, intake } = await startInbound();
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  try {
    // Timers stand still from here on. The library alone would greet in a timer of 100 ms, so never.
    const client = await connect();
    client.socket.resume();
    await vi.waitUntil(() => vi.getTimerCount() > 0 || client.socket.bytesRead > 0, { timeout: 20_000, interval: 1 });
    expect(vi.getTimerCount()).toBe(0);
    expect(client.socket.bytesRead).toBeGreaterThan(0);

    await client.expect('220');
    await client.send('HELO ca01', '250');
    await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n');
    expect(intake.kept).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a client that talks first is answered like any other', async () => {
  const { connect } = await startInbound();
  const client = await connect();
  client.sendBytes('EHLO ca01\r\n');
  await client.expect('220');
  await client.expect('250');
});
