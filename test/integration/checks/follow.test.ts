import { afterEach, expect, test } from 'vitest';
import type { Host } from '../../../electron/host/types.ts';
import type { FollowedMail } from '../../../shared/contract/followed-mail.ts';
import { freePort } from '../../fakes/free-port.ts';
import type { UpstreamOptions } from '../../fakes/upstream.ts';
import { patience, RelayBed, sendMail } from '../host/relay-bed.ts';

const beds: RelayBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.clear();
});

async function relayWith(upstream: UpstreamOptions | null) {
  const bed = await RelayBed.make();
  beds.push(bed);
  const port = await freePort();
  const smartHostPort = upstream === null ? await freePort() : (await bed.gateway(upstream)).port;
  return { port, host: await bed.start({ port, smartHostPort }) };
}

const sendTest = async (host: Host): Promise<string> =>
  (await host.handlers['mail.sendTest']({ serverId: '1', to: 'ops@example.org', from: 'ca@example.org' })).id;

const follow = (host: Host, id: string): Promise<FollowedMail> => host.handlers['mail.follow']({ serverId: '1', id });

const reaches = async (host: Host, id: string, state: FollowedMail['state']): Promise<FollowedMail> => {
  await expect.poll(async () => (await follow(host, id)).state, patience).toBe(state);
  return await follow(host, id);
};

test('a test mail is followed to its delivery, with the words of the gateway', async () => {
  const { host } = await relayWith({ final: '250 2.0.0 Ok: queued as 4711' });
  const id = await sendTest(host);
  const mail = await reaches(host, id, 'delivered');
  expect(mail.storedAtMs).toBeGreaterThanOrEqual(mail.receivedAtMs);
  expect(mail.endedAtMs).not.toBeNull();
  expect(mail.recipients).toEqual(['ops@example.org']);
  expect(mail.attempts).toMatchObject([
    { outcomes: [{ recipient: 'ops@example.org', result: 'delivered', reply: expect.stringContaining('4711') }] },
  ]);
});

test('a mail that came by SMTP is followed as well', async () => {
  const { host, port } = await relayWith({});
  const id = await sendMail(port);
  expect((await reaches(host, id, 'delivered')).recipients).toEqual(['eva@example.org']);
});

test('a gateway that is down: the mail waits, with the reason and the next attempt', async () => {
  const { host } = await relayWith(null);
  const id = await sendTest(host);
  const mail = await reaches(host, id, 'retry');
  expect(mail.endedAtMs).toBeNull();
  expect(mail.nextAttemptAtMs).not.toBeNull();
  expect(mail.attempts[0]?.outcomes[0]).toMatchObject({ result: 'retry', reply: expect.stringContaining('refused') });
});

test('a refused recipient: the mail is returned', async () => {
  const { host } = await relayWith({ rcpt: (address) => (address === 'ops@example.org' ? '550 5.1.1 No' : '250 Ok') });
  const id = await sendTest(host);
  const mail = await reaches(host, id, 'returned');
  expect(mail.attempts[0]?.outcomes[0]).toMatchObject({ result: 'failed', reply: '550 5.1.1 No' });
});

test('a mail that somebody deletes is deleted, and one that is taken back waits again', async () => {
  const { host } = await relayWith(null);
  const id = await sendTest(host);
  await reaches(host, id, 'retry');
  await host.handlers['queue.delete']({ serverId: '1', target: { ids: [id] }, report: false });
  await reaches(host, id, 'deleted');
  await host.handlers['trash.restore']({ serverId: '1', target: { ids: [id] } });
  expect((await follow(host, id)).endedAtMs).toBeNull();
});

test('a message nobody knows is not found', async () => {
  const { host } = await relayWith({});
  await expect(follow(host, '01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({ problem: { code: 'notFound' } });
});

test('gateway.check asks the gateway of the relay, and refuses what is no address', async () => {
  const { host } = await relayWith({});
  const check = await host.handlers['gateway.check']({ serverId: '1', recipient: 'ops@example.org' });
  expect(check.hosts).toMatchObject([{ reached: true }]);
  await expect(
    host.handlers['gateway.check']({ serverId: '1', recipient: 'a@b.example>\r\nDATA' }),
  ).rejects.toMatchObject({ problem: { code: 'badArgument', field: 'recipient' } });
});
