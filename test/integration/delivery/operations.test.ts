import { afterEach, expect, test } from 'vitest';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { eventually } from '../../fakes/eventually.ts';
import { freePort } from '../../fakes/free-port.ts';
import { mailTo } from '../../fakes/mail.ts';
import { atRest, createTestBed, through } from './test-bed.ts';

const { upstreamWith, relayWith, stopAll } = createTestBed();
afterEach(stopAll);

test.each([true, false])('a deletion (with report: %s) that is taken back is delivered', async (report) => {
  const upstream = await upstreamWith({ rcpt: (address) => (address.startsWith('ca@') ? '250 Ok' : '450 4.2.1 Busy') });
  const relay = relayWith(through(upstream));
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  await atRest(relay);
  expect(await relay.delivery.remove([id], { report })).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(report ? 1 : 0);
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.spool.trash.list()).toMatchObject([{ id }]);

  upstream.behave({ rcpt: '250 Ok' });
  expect(await relay.delivery.restore([id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.at(-1)?.recipients[0]?.address).toBe('a@x.example');
  await eventually(() => relay.spool.size).toBe(0);
  expect(relay.spool.trash.count).toBe(0);
});

test('a route of its own takes a message past a gateway that is down, and only this one', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith(through(await freePort()));
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  const other = await relay.spool.put(mailTo(['b@x.example']));
  await atRest(relay);
  const route = `127.0.0.1:${upstream.port}`;
  expect(await relay.delivery.setRoute([id], [route])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(1);
  await eventually(() => relay.spool.get(id)).toBeUndefined();
  expect(relay.spool.get(other.id)).toBeDefined();
});

test('the usual route is taken again when the own one is taken away', async () => {
  const upstream = await upstreamWith();
  const relay = relayWith(through(upstream));
  const port = await freePort();
  const { id } = await relay.spool.put(mailTo(['a@x.example']));
  await relay.delivery.hold([id]);
  await relay.delivery.setRoute([id], [`127.0.0.1:${port}`]);
  await relay.delivery.release([id]);
  await atRest(relay);
  const entry = relay.spool.get(id);
  if (entry === undefined) throw new Error('the message is gone');
  expect(relay.delivery.view(entry).nextHop).toBe(`127.0.0.1:${port}`);
  await relay.delivery.setRoute([id], null);
  await eventually(() => upstream.messages.length).toBe(1);
});

test('domains.remote held: mail waits until it is released, and only what was released goes', async () => {
  const upstream = await upstreamWith();
  const remote = remoteDomainSchema.parse({
    name: 'held.example',
    held: true,
    smartHosts: [`127.0.0.1:${upstream.port}`],
  });
  const relay = relayWith({ 'domains.remote': [remote] });
  const { id } = await relay.spool.put(mailTo(['a@held.example']));
  const other = await relay.spool.put(mailTo(['b@held.example']));
  await relay.clock.advance(3_600_000);
  expect(await relay.delivery.retry([id])).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
  expect(upstream.messages).toHaveLength(0);
  expect(await relay.delivery.release([id])).toEqual({ changed: 1, skipped: [] });
  await eventually(() => upstream.messages.length).toBe(1);
  await eventually(() => relay.spool.size).toBe(1);
  expect(relay.spool.get(other.id)).toBeDefined();
});
