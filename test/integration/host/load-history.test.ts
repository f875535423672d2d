/** The history of the load through the whole relay. */
import { afterEach, expect, test, vi } from 'vitest';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { patience, RelayBed, sendMail } from './relay-bed.ts';

const server1 = { serverId: '1' };
let bed: RelayBed;
afterEach(() => bed.clear());

test('what comes in, leaves, fails and is refused shows in the running minute', async () => {
  const port = await freePort();
  const gatewayPort = await freePort();
  bed = await RelayBed.make({
    1: {
      'general.listen': [`127.0.0.1:${port}`],
      'delivery.smartHosts': [`127.0.0.1:${gatewayPort}`],
      'delivery.retryIntervals': [3_600, 3_600, 3_600, 3_600],
      'access.relayMode': 'onlyListed',
      'access.relayList': [],
    },
  });
  const host = await bed.start();
  const latest = async () => (await host.handlers['load.history'](server1)).at(-1);
  const sum = async () => {
    const samples = await host.handlers['load.history'](server1);
    const total = (key: 'accepted' | 'delivered' | 'failed' | 'refused'): number =>
      samples.reduce((all, sample) => all + sample[key], 0);
    return { accepted: total('accepted'), delivered: total('delivered'), refused: total('refused') };
  };
  expect(await sum()).toEqual({ accepted: 0, delivered: 0, refused: 0 });

  const refused = await SmtpDialogue.connect(port);
  await refused.expect('220');
  await refused.send('EHLO CA01', '250');
  await refused.send('MAIL FROM:<ca@example.org>', '250');
  await refused.send('RCPT TO:<eva@example.org>', '550');
  refused.close();
  await vi.waitFor(async () => expect(await sum()).toEqual({ accepted: 0, delivered: 0, refused: 1 }), patience);

  const { revision } = await host.handlers['settings.get'](server1);
  await host.handlers['settings.save']({ ...server1, revision, changes: { 'access.relayList': ['host'] } });
  await sendMail(port);
  await vi.waitFor(async () => expect(await sum()).toEqual({ accepted: 1, delivered: 0, refused: 1 }), patience);
  expect((await latest())?.queued).toBe(1);
  const rows = async () =>
    (
      await host.handlers['queue.list']({
        ...server1,
        filter: {},
        sort: { by: 'receivedAtMs', descending: false },
        offset: 0,
        limit: 1,
      })
    ).rows;
  // What is being tried already is not tried again.
  await vi.waitFor(async () => expect(await rows()).toMatchObject([{ state: 'retry' }]), patience);

  const gateway = await bed.gateway({ port: gatewayPort });
  await host.handlers['queue.retry']({ ...server1, target: { filter: {} } });
  await vi.waitFor(async () => expect(await sum()).toEqual({ accepted: 1, delivered: 1, refused: 1 }), patience);
  expect(gateway.messages.length).toBe(1);
  // It is counted as delivered before its file is gone.
  await vi.waitFor(async () => expect(await latest()).toMatchObject({ queued: 0, oldestAgeMs: 0 }), patience);
});

test('a server that there is not has no history either', async () => {
  bed = await RelayBed.make();
  const host = await bed.start({ port: await freePort() });
  await expect(host.handlers['load.history']({ serverId: '7' })).rejects.toThrow('There is no virtual server 7.');
});
