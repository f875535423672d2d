/** How long mail lives in the whole relay: told late, given up, and an outage that does not count. The clock stands still in between. */
import { expect, test } from 'vitest';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { smartHost, startRelay, through, until, upstreamWith, type WholeRelay } from './stage.ts';

const hourMs = 3_600_000;
const clockAt = (): FakeClock => new FakeClock('2030-01-01T00:00:00Z');

/**
 * Lets the time pass in steps of half an hour, and every attempt that falls due come to its end: one that has not begun when
 * the next step is made would run into its time-outs.
 */
async function pass(clock: FakeClock, relay: WholeRelay, hours: number): Promise<void> {
  for (let step = 0; step < hours * 2; step += 1) {
    await clock.advance(hourMs / 2);
    await until(async () =>
      (await relay.rows()).every(
        ({ state, nextAttemptAtMs }) => state !== 'sending' && (nextAttemptAtMs ?? Infinity) > clock.now(),
      ),
    );
  }
}

const texts = (messages: readonly { readonly sender: string; readonly bytes: Buffer }[]): string[] =>
  messages.filter(({ sender }) => sender === '').map(({ bytes }) => bytes.toString());

test('refused for now again and again: the sender hears of the delay once, then that it was given up, and a third thing never', async () => {
  const clock = clockAt();
  const upstream = await upstreamWith({
    rcpt: (address) => (address === 'full@example.org' ? '452 4.2.2 Mailbox full' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay(
    { ...through(upstream), 'delivery.delayNotification': 3_600, 'delivery.expiration': 6 * 3_600 },
    { clock },
  );
  const id = await relay.send({ to: ['full@example.org', 'eva@example.org'] });
  await relay.waiting(id);
  expect(upstream.messages).toHaveLength(1);
  await pass(clock, relay, 2);
  await until(() => upstream.messages.length === 2);
  const [delayed] = texts(upstream.messages);
  expect(delayed).toContain('Final-Recipient: rfc822; full@example.org\r\nAction: delayed\r\nStatus: 4.2.2\r\n');
  expect(delayed).toMatch(/^Will-Retry-Until: Tue, 01 Jan 2030 06:00:00 \+0000\r$/m);
  await pass(clock, relay, 5);
  await until(() => upstream.messages.length === 3);
  expect(texts(upstream.messages)[1]).toContain(
    'Final-Recipient: rfc822; full@example.org\r\nAction: failed\r\nStatus: 4.4.7\r\n',
  );
  await relay.empty();
  expect(upstream.messages).toHaveLength(3);
});

test('an outage of fifteen hours, over a restart: nothing is given up although mail may wait for six only', async () => {
  const clock = clockAt();
  const gateway = { port: await freePort() };
  const relay = await startRelay(
    { ...through(gateway), 'delivery.expiration': 6 * 3_600, 'delivery.delayNotification': null },
    { clock },
  );
  const id = await relay.send();
  await relay.waiting(id);
  await pass(clock, relay, 10);
  await relay.restart();
  await until(async () => (await relay.rows()).length === 1);
  await pass(clock, relay, 5);
  expect(await relay.rows()).toMatchObject([{ id, state: 'retry' }]);
  // Nor is it when the gateway is there again and takes nothing yet.
  const upstream = await upstreamWith({ ...gateway, rcpt: '450 4.3.2 Still starting' });
  await pass(clock, relay, 2);
  expect(await relay.rows()).toMatchObject([{ id, state: 'retry', lastError: '450 4.3.2 Still starting' }]);
  upstream.behave({ rcpt: '250 2.1.5 Ok' });
  await pass(clock, relay, 2);
  await relay.empty();
  expect(upstream.messages).toMatchObject([{ sender: 'ca@corp.example' }]);
});

test('delivery.expireDuringOutage: with it the same outage ends the mail, and what cannot be returned lies in Badmail', async () => {
  const clock = clockAt();
  const gateway = { port: await freePort() };
  const relay = await startRelay(
    {
      ...through(gateway),
      'delivery.expiration': 6 * 3_600,
      'delivery.delayNotification': null,
      'delivery.expireDuringOutage': true,
    },
    { clock },
  );
  const id = await relay.send();
  await relay.waiting(id);
  await pass(clock, relay, 7);
  await until(async () => (await relay.rows()).every(({ sender }) => sender === ''));
  expect(await relay.rows()).toMatchObject([{ sender: '', recipient: 'ca@corp.example', nextHop: smartHost(gateway) }]);
  // The report waits for the same gateway.
  await pass(clock, relay, 7);
  await relay.empty();
  const { rows } = await relay.host.handlers['badmail.list']({ serverId: '1', offset: 0, limit: 10 });
  expect(rows).toMatchObject([{ sender: '', recipient: 'ca@corp.example' }]);
});
