/** What next hops do to mail, from the client's 250 to the queue viewer. */
import { expect, test } from 'vitest';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { freePort } from '../../fakes/free-port.ts';
import type { UpstreamBehaviour } from '../../fakes/upstream-behaviour.ts';
import { sendTo, server1, smartHost, startRelay, through, until, upstreamWith } from './stage.ts';

test('a next hop that refuses the connection with 421 bounces nothing; once it answers, all of its mail goes', async () => {
  const upstream = await upstreamWith({ greeting: '421 4.3.2 Down for maintenance' });
  const relay = await startRelay({ ...through(upstream), 'delivery.retryIntervals': [1] });
  const ids = [await relay.send(), await relay.send(), await relay.send()];
  await until(async () => (await relay.rows()).every(({ lastError }) => lastError?.includes('Down for maintenance')));
  const status = await relay.host.handlers['status.get'](null);
  expect(status.servers[0]?.unreachable).toMatchObject([{ nextHop: smartHost(upstream) }]);
  upstream.behave({ greeting: '220 upstream.test.invalid' });
  await relay.empty();
  expect(upstream.messages).toHaveLength(ids.length);
});

test('450 for one of three recipients: the others have it once, that one gets it at the next attempt', async () => {
  const upstream = await upstreamWith({
    rcpt: (address, time) => (address === 'b@example.org' && time === 1 ? '450 4.2.1 Mailbox busy' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay({ ...through(upstream), 'delivery.retryIntervals': [1] });
  const id = await relay.send({ to: ['a@example.org', 'b@example.org', 'c@example.org'] });
  const { recipients } = await relay.waiting(id);
  expect(recipients.map(({ state }) => state)).toEqual(['delivered', 'pending', 'delivered']);
  expect(recipients[1]?.lastFailure).toMatchObject({ code: 450, enhanced: '4.2.1', stage: 'rcpt', permanent: false });
  await relay.empty();
  expect(upstream.messages.map(({ recipients: taken }) => taken.map(({ address }) => address))).toEqual([
    ['a@example.org', 'c@example.org'],
    ['b@example.org'],
  ]);
});

test('550 for one of several: one report to the sender with the words of the server, the others have the message', async () => {
  const upstream = await upstreamWith({
    rcpt: (address) => (address === 'b@example.org' ? '550-5.1.1 Unknown\r\n550 5.1.1 really' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay(through(upstream));
  await relay.send({ to: ['a@example.org', 'b@example.org'] });
  await until(() => upstream.messages.length === 2);
  await relay.empty();
  const [mail, report] = upstream.messages;
  expect(mail?.recipients).toMatchObject([{ address: 'a@example.org' }]);
  expect(report).toMatchObject({ sender: '', recipients: [{ address: 'ca@corp.example' }] });
  const text = report?.bytes.toString() ?? '';
  expect(text).toContain('Final-Recipient: rfc822; b@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n');
  expect(text).toContain('Unknown');
  expect(text).not.toContain('a@example.org');
});

test('a next hop that hangs holds up nobody: new mail is taken in, and other next hops get theirs', async () => {
  const [stuck, well] = [await upstreamWith({ mail: 'hang' }), await upstreamWith()];
  const relay = await startRelay({
    ...through(stuck),
    'domains.remote': [remoteDomainSchema.parse({ name: 'well.example', smartHosts: [smartHost(well)] })],
  });
  for (let count = 0; count < 15; count += 1) await relay.send();
  await until(() => stuck.commands.some((command) => command.startsWith('MAIL')));
  await relay.send({ to: ['eva@well.example'] });
  await until(() => well.messages.length === 1);
  expect(stuck.messages).toHaveLength(0);
  // A stop would wait for them.
  await relay.host.handlers['session.terminate']({ ...server1, ids: null });
});

test('a next hop that hangs is left after delivery.commandTimeout, with the reason in the queue', async () => {
  const upstream = await upstreamWith({ rcpt: 'hang' });
  const relay = await startRelay({ ...through(upstream), 'delivery.commandTimeout': 5 });
  const { row, recipients } = await relay.waiting(await relay.send());
  expect(row.state).toBe('retry');
  expect(recipients[0]?.lastFailure).toMatchObject({ permanent: false });
  upstream.behave({ rcpt: '250 2.1.5 Ok' });
  await relay.retry(row.id);
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
});

test('a connection that is lost after the final dot: nobody knows, so it is said and sent again', async () => {
  const upstream = await upstreamWith({ final: (_, time) => (time === 1 ? 'drop' : '250 2.0.0 Ok') });
  const relay = await startRelay(through(upstream));
  const id = await relay.send();
  const { attempts, recipients } = await relay.waiting(id);
  expect(attempts).toMatchObject([{ outcomes: [{ recipient: 'eva@example.org', result: 'retry' }] }]);
  expect(recipients[0]?.lastFailure).toMatchObject({ stage: 'data', permanent: false });
  expect(recipients[0]?.lastFailure?.text).toMatch(/may have been delivered/);
  await relay.retry(id);
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
});

test.each<{ what: string; behaviour: Partial<UpstreamBehaviour> }>([
  { what: 'one octet at a time', behaviour: { octetByOctet: true } },
  {
    what: 'in several lines',
    behaviour: { mail: '250-2.1.0 Well\r\n250 2.1.0 then', final: '250-2.0.0 Got\r\n250 it' },
  },
  { what: 'only to HELO', behaviour: { ehlo: '502 5.5.1 What?' } },
])('a next hop that answers $what gets the mail as it is', async ({ behaviour }) => {
  const upstream = await upstreamWith(behaviour);
  const relay = await startRelay(through(upstream));
  const content = 'Subject: dots\r\n\r\n.\r\n..two\r\nno end of line before the dot\r\n';
  await relay.send({ content });
  await relay.empty();
  expect(upstream.messages).toHaveLength(1);
  expect(upstream.messages[0]?.bytes.toString()).toMatch(/^Received: [\s\S]*\r\nSubject: dots\r\n/);
  expect(upstream.messages[0]?.bytes.toString().endsWith(content)).toBe(true);
});

test('the next smart host takes the mail when the first is down, and the attempt names it', async () => {
  const [down, upstream] = [await freePort(), await upstreamWith({ rcpt: '450 4.2.1 Busy' })];
  const relay = await startRelay({ 'delivery.smartHosts': [`127.0.0.1:${down}`, smartHost(upstream)] });
  const { attempts } = await relay.waiting(await relay.send());
  expect(attempts).toMatchObject([{ host: smartHost(upstream), nextHop: `127.0.0.1:${down}, ${smartHost(upstream)}` }]);
});

test('of two virtual servers one relays through the other, in order and unchanged', async () => {
  const upstream = await upstreamWith();
  const second = { port: await freePort() };
  const relay = await startRelay(
    { ...through(second), 'delivery.connectionsPerDestination': 1 },
    {},
    {
      2: { 'general.listen': [smartHost(second)], ...through(upstream), 'delivery.connectionsPerDestination': 1 },
    },
  );
  const contents = Array.from({ length: 10 }, (_, index) => `Subject: number ${index}\r\n\r\n.${index}\r\n`);
  for (const content of contents) await sendTo(relay.port, { content });
  await until(() => upstream.messages.length === contents.length);
  const arrived = upstream.messages.map(({ bytes }) => bytes.toString());
  expect(arrived.map((text) => text.slice(text.indexOf('Subject:'))).sort()).toEqual(contents);
  for (const text of arrived) expect(text.match(/^Received:/gm)).toHaveLength(2);
});

test('a message with a route of its own: whoever has it already is shown with that route, not with the usual one', async () => {
  const own = await upstreamWith({
    rcpt: (address) => (address.startsWith('busy') ? '450 4.2.1 Busy' : '250 2.1.5 Ok'),
  });
  const relay = await startRelay({ 'delivery.smartHosts': [`127.0.0.1:${await freePort()}`] });
  const id = await relay.send({ to: ['busy@example.org', 'eva@example.org'] });
  await relay.waiting(id);
  await relay.host.handlers['queue.setRoute']({ ...server1, target: { ids: [id] }, smartHosts: [smartHost(own)] });
  const { recipients } = await until(async () => {
    const found = await relay.details(id);
    return found.recipients.some(({ state }) => state === 'delivered') ? found : undefined;
  });
  expect(recipients.map(({ nextHop }) => nextHop)).toEqual([smartHost(own), smartHost(own)]);
});
