/** What an administrator does to mail, next hops and connections, through the whole relay. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Host } from '../../../electron/host/types.ts';
import { freePort } from '../../fakes/free-port.ts';
import { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { statusOf } from '../../fakes/test-host.ts';
import { patience, queueOf, RelayBed, sendMail } from './relay-bed.ts';

const server1 = { serverId: '1' };
let bed: RelayBed;
let host: Host;
let port: number;
let gatewayPort: number;

beforeEach(async () => {
  [port, gatewayPort] = [await freePort(), await freePort()];
  bed = await RelayBed.make({
    1: { 'general.listen': [`127.0.0.1:${port}`], 'delivery.smartHosts': [`127.0.0.1:${gatewayPort}`] },
  });
  host = await bed.start();
});
afterEach(() => bed.clear());

const gatewayUp = () => bed.gateway({ port: gatewayPort });
const nextHop = (): string => `127.0.0.1:${gatewayPort}`;
const subjects = async (): Promise<string[]> => (await queueOf(host)).map(({ subject }) => subject);
const allWaiting = () =>
  vi.waitUntil(
    async () => (await queueOf(host)).every(({ state, lastError }) => state === 'retry' && lastError),
    patience,
  );
const told = <Name extends 'trash.changed' | 'badmail.changed' | 'log.changed'>(name: Name): (() => number) => {
  let count = 0;
  host.on(name, () => {
    count += 1;
  });
  return () => count;
};

describe('trash', () => {
  test('deleted messages can be listed, and come back as they were; the gateway gets them after all', async () => {
    const ids = [
      await sendMail(port, { content: 'Subject: one\r\n\r\n' }),
      await sendMail(port, { content: 'Subject: two\r\n\r\n' }),
    ];
    await allWaiting();
    await host.handlers['queue.hold']({ ...server1, target: { ids: ids.slice(1) } });
    const trashTold = told('trash.changed');
    const deleted = await host.handlers['queue.delete']({ ...server1, target: { filter: {} }, report: false });
    expect(deleted).toEqual({ changed: 2, skipped: [] });
    expect(await queueOf(host)).toEqual([]);
    await vi.waitUntil(() => trashTold() > 0, patience);
    expect(await statusOf(host)).toMatchObject({ queue: { total: 0, trash: 2 } });
    const page = await host.handlers['trash.list']({ ...server1, offset: 1, limit: 5 });
    expect(page).toMatchObject({ total: 2, rows: [{ sender: 'ca@example.org', recipient: 'eva@example.org' }] });

    const restore = (target: { ids: string[] } | { all: true }) =>
      host.handlers['trash.restore']({ ...server1, target });
    expect(await restore({ ids: ids.slice(1) })).toEqual({ changed: 1, skipped: [] });
    expect(await queueOf(host)).toMatchObject([{ id: ids[1], state: 'held' }]);
    expect(await restore({ ids: ids.slice(1) })).toEqual({ changed: 0, skipped: [{ reason: 'alreadySo', count: 1 }] });
    expect(await restore({ all: true })).toEqual({ changed: 1, skipped: [] });
    expect(await statusOf(host)).toMatchObject({ queue: { total: 2, trash: 0 } });
    const gateway = await gatewayUp();
    await host.handlers['queue.release']({ ...server1, target: { filter: {} } });
    await host.handlers['queue.retry']({ ...server1, target: { filter: {} } });
    await vi.waitUntil(() => gateway.messages.length === 2, patience);
  });

  test('what was deleted before a restart can still be taken back', async () => {
    const id = await sendMail(port);
    await allWaiting();
    await host.handlers['queue.delete']({ ...server1, target: { ids: [id] }, report: false });
    await host.stop();
    host = await bed.start();
    await vi.waitUntil(async () => (await statusOf(host)).queue.trash === 1, patience);
    await host.handlers['trash.restore']({ ...server1, target: { ids: [id] } });
    expect((await queueOf(host)).map((row) => row.id)).toEqual([id]);
  });
});

describe('next hops', () => {
  test('are listed with what waits for them', async () => {
    await sendMail(port);
    await allWaiting();
    expect(await host.handlers['destination.list'](server1)).toMatchObject([
      { nextHop: nextHop(), state: 'down', counts: { total: 1, retry: 1 }, lastError: expect.any(String) },
    ]);
  });

  test('frozen: nothing leaves, after a restart neither; thawed: all of it goes', async () => {
    const freeze = (frozen: boolean) => host.handlers['destination.freeze']({ ...server1, nextHop: nextHop(), frozen });
    await freeze(true);
    const gateway = await gatewayUp();
    await sendMail(port);
    await host.stop();
    host = await bed.start();
    await vi.waitUntil(async () => (await queueOf(host)).length === 1, patience);
    await sendMail(port);
    expect(await host.handlers['destination.list'](server1)).toMatchObject([{ state: 'frozen', counts: { total: 2 } }]);
    const { values } = await host.handlers['settings.get'](server1);
    expect(values['delivery.frozen']).toEqual([nextHop()]);
    expect(gateway.connections).toBe(0);
    await freeze(false);
    await vi.waitUntil(() => gateway.messages.length === 2, patience);
    expect((await host.handlers['settings.get'](server1)).values['delivery.frozen']).toEqual([]);
  });

  test('forced: an attempt now', async () => {
    await sendMail(port);
    await allWaiting();
    const gateway = await gatewayUp();
    expect(await host.handlers['destination.retry']({ ...server1, nextHop: nextHop() })).toMatchObject({ changed: 1 });
    await vi.waitUntil(() => gateway.messages.length === 1, patience);
  });

  test('a message goes by other smart hosts than the settings say, and the details tell', async () => {
    const [id, other] = [await sendMail(port), await bed.gateway()];
    await allWaiting();
    const smartHosts = [`127.0.0.1:${other.port}`];
    const target = { ids: [id] };
    // While an attempt is under way, both say so and change nothing.
    await vi.waitUntil(async () => (await host.handlers['queue.hold']({ ...server1, target })).changed === 1, patience);
    expect(await host.handlers['queue.setRoute']({ ...server1, target, smartHosts })).toMatchObject({ changed: 1 });
    expect(await host.handlers['queue.show']({ ...server1, id })).toMatchObject({
      route: smartHosts,
      recipients: [{ nextHop: smartHosts[0] }],
    });
    expect(await host.handlers['route.explain']({ ...server1, address: 'eva@example.org', id })).toMatchObject({
      rule: 'messageRoute',
      nextHop: smartHosts[0],
    });
    await host.handlers['queue.release']({ ...server1, target: { ids: [id] } });
    await host.handlers['queue.retry']({ ...server1, target: { ids: [id] } });
    await vi.waitUntil(() => other.messages.length === 1, patience);
  });

  test('the way of an address is explained', async () => {
    expect(await host.handlers['route.explain']({ ...server1, address: 'eva@example.org' })).toMatchObject({
      nextHop: nextHop(),
      kind: 'smartHosts',
      rule: 'smartHosts',
      hosts: [expect.stringContaining('127.0.0.1')],
      frozen: false,
    });
  });
});

test('the queue is narrowed by every part of a filter, and actions reach no further', async () => {
  const small = await sendMail(port, { from: 'anna@a.example', content: 'Subject: alpha\r\n\r\n' });
  const large = await sendMail(port, {
    from: 'bert@b.example',
    to: ['eva@example.org', 'carl@c.example'],
    content: `Subject: beta\r\n\r\n${'x\r\n'.repeat(2_000)}`,
  });
  await allWaiting();
  const found = async (filter: Parameters<typeof queueOf>[2]) => (await queueOf(host, '1', filter)).map(({ id }) => id);
  expect(await found({ sender: 'ANNA@' })).toEqual([small]);
  expect(await found({ recipient: 'carl' })).toEqual([large]);
  expect(await found({ subject: 'alp' })).toEqual([small]);
  expect(await found({ nextHop: nextHop() })).toEqual([small, large]);
  expect(await found({ nextHop: 'elsewhere.example' })).toEqual([]);
  expect(await found({ largerThanBytes: 5_000 })).toEqual([large]);
  expect(await found({ lastError: 'Connection was REFUSED' })).toEqual([small, large]);
  expect(await found({ receivedAfterMs: Date.now() + 60_000 })).toEqual([]);
  expect(await found({ receivedBeforeMs: Date.now() + 60_000, sender: 'bert' })).toEqual([large]);
  const outcome = await host.handlers['queue.hold']({ ...server1, target: { filter: { sender: 'bert' } } });
  expect(outcome).toEqual({ changed: 1, skipped: [] });
  expect(await found({ states: ['held'] })).toEqual([large]);
});

describe('badmail', () => {
  const makeBadmail = async (): Promise<string> => {
    const folder = join(bed.dataFolder, 'mailroot', '1', 'Badmail');
    const head = 'x-sender: ca@example.org\r\nx-receiver: eva@example.org\r\n';
    await writeFile(
      join(folder, 'letter.eml'),
      `${head}From: ca@example.org\r\nSubject: again\r\n\r\nHello <b>there</b>\r\n`,
    );
    await writeFile(join(folder, 'letter.txt'), 'Nobody could be told.\r\nMore about it.\r\n');
    return 'letter';
  };

  test('is listed with its reason and can be read', async () => {
    const name = await makeBadmail();
    expect(await host.handlers['badmail.list']({ ...server1, offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      rows: [
        {
          name,
          sender: 'ca@example.org',
          recipient: 'eva@example.org',
          subject: 'again',
          reason: 'Nobody could be told.',
        },
      ],
    });
    expect(await host.handlers['badmail.show']({ ...server1, name })).toMatchObject({
      note: expect.stringContaining('More about it.'),
      recipients: ['eva@example.org'],
      text: expect.stringContaining('Hello'),
    });
    const piece = { offsetBytes: 0, limitBytes: 10_000 };
    const source = await host.handlers['badmail.source']({ ...server1, name, ...piece });
    expect(source.text).toContain('Subject: again');
    expect(source.text).toHaveLength(source.totalBytes);
    const past = { offsetBytes: source.totalBytes, limitBytes: 10 };
    expect(await host.handlers['badmail.source']({ ...server1, name, ...past })).toMatchObject({ text: '' });
  });

  test('resubmitted, it is delivered and gone from the folder; what is not there is counted', async () => {
    const name = await makeBadmail();
    const gateway = await gatewayUp();
    await host.handlers['badmail.list']({ ...server1, offset: 0, limit: 10 }); // the file came by hand
    expect(await statusOf(host)).toMatchObject({ queue: { badmail: 1 } });
    const badmailTold = told('badmail.changed');
    const names = [name, name, 'gone'];
    expect(await host.handlers['badmail.resubmit']({ ...server1, names })).toEqual({
      changed: 1,
      skipped: [{ reason: 'notFound', count: 1 }],
    });
    await vi.waitUntil(() => gateway.messages.length === 1, patience);
    expect(gateway.messages[0]).toMatchObject({
      sender: 'ca@example.org',
      recipients: [{ address: 'eva@example.org' }],
    });
    expect(await readdir(join(bed.dataFolder, 'mailroot', '1', 'Badmail'))).toEqual([]);
    await vi.waitUntil(() => badmailTold() > 0, patience);
  });

  test('deleted, it is gone', async () => {
    const name = await makeBadmail();
    expect(await host.handlers['badmail.delete']({ ...server1, names: [name] })).toEqual({ changed: 1, skipped: [] });
    expect(await host.handlers['badmail.list']({ ...server1, offset: 0, limit: 10 })).toEqual({ total: 0, rows: [] });
    await expect(host.handlers['badmail.show']({ ...server1, name })).rejects.toMatchObject({
      problem: { code: 'notFound' },
    });
  });
});

describe('sessions', () => {
  test('inbound and outbound ones are cut by their ids; mail on them is not lost', async () => {
    const gateway = await gatewayUp();
    gateway.behave({ final: 'hang' });
    const id = await sendMail(port);
    const client = await SmtpDialogue.connect(port);
    await client.expect('220');
    await client.send('EHLO CA02', '250');
    const sessions = await vi.waitUntil(async () => {
      const found = await host.handlers['session.list'](server1);
      const directions = found.map(({ direction }) => direction).sort();
      const isSent = gateway.commands.includes('DATA');
      return isSent && directions.join() === 'inbound,outbound' ? found : undefined; // the one that sent has gone
    }, patience);
    const ids = sessions.map((session) => session.id);
    expect(await host.handlers['session.terminate']({ ...server1, ids: [...ids, 'nobody'] })).toEqual({
      terminated: ids.length,
    });
    await client.closed();
    client.close();
    gateway.behave({ final: '250 2.0.0 Ok' });
    await vi.waitUntil(async () => (await queueOf(host)).some(({ state }) => state === 'retry'), patience);
    await host.handlers['queue.retry']({ ...server1, target: { ids: [id] } });
    await vi.waitUntil(() => gateway.messages.length === 1, patience);
  });

  test('all of them at once', async () => {
    const clients = [await SmtpDialogue.connect(port), await SmtpDialogue.connect(port)];
    for (const client of clients) await client.expect('220');
    expect(await host.handlers['session.terminate']({ ...server1, ids: null })).toEqual({ terminated: 2 });
    for (const client of clients) {
      await client.closed();
      client.close();
    }
  });
});

test('the protocol log has what was said on both sides, is searched, and goes on from where one was', async () => {
  await gatewayUp();
  const logTold = told('log.changed');
  await sendMail(port, { from: 'ca@example.org' });
  const tail = (after: number, search?: string) =>
    host.handlers['log.tail']({ ...server1, after, limit: 500, ...(search === undefined ? {} : { search }) });
  const first = await vi.waitUntil(async () => {
    const { sequence, lines } = await tail(0);
    return lines.some(({ direction }) => direction === 'outboundResponse') ? { sequence, lines } : undefined;
  }, patience);
  expect(first.lines).toContainEqual(expect.objectContaining({ direction: 'inbound', method: 'MAIL', status: 250 }));
  await vi.waitUntil(() => logTold() > 0, patience);
  const { lines: found } = await tail(0, 'mail ca@example.org');
  expect(found.every(({ method, query }) => `${method} ${query}`.toLowerCase().includes('ca@example.org'))).toBe(true);
  expect(found.length).toBeGreaterThan(0);

  await vi.waitUntil(async () => (await queueOf(host)).length === 0, patience);
  const { sequence } = await tail(0);
  await sendMail(port);
  const next = await tail(sequence);
  expect(next.lines.length).toBeGreaterThan(0);
  expect(next.lines.every((line) => line.sequence > sequence)).toBe(true);
});

describe('who may relay and connect', () => {
  const list = ['10.0.0.0/8'];

  test('with the domains and the logins of a server', async () => {
    const { revision } = await host.handlers['settings.get'](server1);
    const changes = {
      'domains.default': 'ca.example.org',
      'domains.remote': [{ name: '*.partner.example', relayAllowed: true }],
      'access.relayAuthenticated': true,
    };
    await host.handlers['settings.save']({ ...server1, revision, changes });
    const check = (more: { recipient?: string; authenticated?: boolean }, about: { serverId?: string } = server1) =>
      host.handlers['relay.check']({ clientAddress: '192.0.2.1', mode: 'onlyListed', list, ...about, ...more });
    expect(await check({})).toMatchObject({ allowed: false, reason: 'notListed' });
    expect(await check({ recipient: 'a@ca.example.org' })).toMatchObject({ allowed: true, reason: 'localDomain' });
    expect(await check({ recipient: 'a@x.partner.example' })).toMatchObject({
      allowed: true,
      reason: 'remoteDomain',
      entry: '*.partner.example',
    });
    expect(await check({ authenticated: true })).toMatchObject({ allowed: true, reason: 'authenticated' });
    expect(await check({ authenticated: true, recipient: 'a@ca.example.org' }, {})).toMatchObject({ allowed: false });
    await expect(host.handlers['relay.check']({ clientAddress: 'x', mode: 'onlyListed', list })).rejects.toMatchObject({
      problem: { code: 'badArgument', field: 'clientAddress' },
    });
  });

  test('connections', async () => {
    const check = (clientAddress: string) =>
      host.handlers['connection.check']({ clientAddress, mode: 'allExceptListed', list });
    expect(await check('10.1.2.3')).toMatchObject({ allowed: false, reason: 'exceptListed', entry: '10.0.0.0/8' });
    expect(await check('192.0.2.1')).toMatchObject({ allowed: true });
  });
});

test('subjects stay in order of arrival', async () => {
  for (const subject of ['one', 'two', 'three']) await sendMail(port, { content: `Subject: ${subject}\r\n\r\n` });
  expect(await subjects()).toEqual(['one', 'two', 'three']);
});
