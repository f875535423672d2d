/** Mail that stays here or comes from here: Drop, Pickup, Badmail, and domains held for release by hand. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { server1, smartHost, startRelay, through, until, upstreamWith, type WholeRelay } from './stage.ts';

const folder = (relay: WholeRelay, name: string): string => join(relay.dataFolder, 'mailroot', '1', name);
/** The folder is made at the first look. */
const putIntoPickup = async (relay: WholeRelay, name: string, content: string | Uint8Array): Promise<void> => {
  await until(() => existsSync(folder(relay, 'Pickup')));
  await writeFile(join(folder(relay, 'Pickup'), name), content);
};
const filesIn = (relay: WholeRelay, name: string): Promise<string[]> => readdir(folder(relay, name)).catch(() => []);

test('domains.default and domains.aliases: local mail lies in Drop with its envelope, the rest goes to the gateway', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay({
    ...through(upstream),
    'domains.default': 'local.example',
    'domains.aliases': ['alias.example'],
  });
  await relay.send({
    to: ['a@local.example', 'b@alias.example', 'c@example.org'],
    content: 'Subject: both\r\n\r\n.\r\n',
  });
  await relay.empty();
  expect(upstream.messages).toMatchObject([{ recipients: [{ address: 'c@example.org' }] }]);
  const files = await until(async () => {
    const names = await filesIn(relay, 'Drop');
    return names.length > 0 ? names : undefined;
  });
  expect(files).toHaveLength(1);
  const text = await readFile(join(folder(relay, 'Drop'), files[0] ?? ''), 'latin1');
  expect(text).toMatch(
    /^x-sender: ca@corp\.example\r\nx-receiver: a@local\.example\r\nx-receiver: b@alias\.example\r\n/,
  );
  expect(text.endsWith('Subject: both\r\n\r\n.\r\n')).toBe(true);
});

test('a file of the Drop folder, put into Pickup of a relay for another domain, goes on to the gateway', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay({ ...through(upstream), 'domains.default': 'local.example' });
  await relay.send({ to: ['a@local.example'], content: 'Subject: again\r\n\r\nwith a dot:\r\n.\r\n' });
  const [name = ''] = await until(async () => {
    const names = (await filesIn(relay, 'Drop')).filter((file) => file.endsWith('.eml'));
    return names.length === 1 ? names : undefined;
  });
  const content = await readFile(join(folder(relay, 'Drop'), name));
  await relay.save({ 'domains.default': '' });
  await putIntoPickup(relay, name, content);
  await until(() => upstream.messages.length === 1);
  expect(upstream.messages[0]).toMatchObject({
    sender: 'ca@corp.example',
    recipients: [{ address: 'a@local.example' }],
  });
  expect(upstream.messages[0]?.bytes.toString().endsWith('Subject: again\r\n\r\nwith a dot:\r\n.\r\n')).toBe(true);
  await until(async () => (await filesIn(relay, 'Pickup')).length === 0);
});

test('a program writes into Pickup as for IIS: To, Cc and Bcc become the envelope, Bcc is not seen', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay({ ...through(upstream), 'domains.default': 'local.example' });
  const lines = [
    'From: CA <ca@corp.example>',
    'To: Eva <eva@example.org>, local@local.example',
    'Bcc: secret@example.org',
    'Subject: by file',
    '',
    'Text with bare line ends',
    '',
  ];
  await putIntoPickup(relay, 'report.eml', lines.join('\n'));
  await until(() => upstream.messages.length === 1);
  await relay.empty();
  expect(upstream.messages[0]?.recipients.map(({ address }) => address).sort()).toEqual([
    'eva@example.org',
    'secret@example.org',
  ]);
  const text = upstream.messages[0]?.bytes.toString() ?? '';
  expect(text).not.toContain('secret@example.org');
  expect(text).toContain('Text with bare line ends\r\n');
  expect(await filesIn(relay, 'Drop')).toHaveLength(1);
});

test('a file without recipients is found in Badmail with the reason; put right by hand and dropped again, it is delivered', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay(through(upstream));
  await putIntoPickup(relay, 'nobody.eml', 'From: ca@corp.example\r\nSubject: for nobody\r\n\r\n');
  const listed = () => relay.host.handlers['badmail.list']({ ...server1, offset: 0, limit: 10 });
  await until(async () => (await listed()).total === 1);
  const [row] = (await listed()).rows;
  expect(row).toMatchObject({ sender: 'ca@corp.example', recipientCount: 0, subject: 'for nobody' });
  expect(row?.reason).not.toBe('');
  const names = [row?.name ?? ''];
  await expect(relay.host.handlers['badmail.resubmit']({ ...server1, names })).rejects.toMatchObject({
    problem: { code: 'notPossible', message: expect.stringContaining('no recipient') },
  });
  const content = await readFile(join(folder(relay, 'Badmail'), `${names[0]}.eml`), 'latin1');
  await putIntoPickup(relay, 'again.eml', `To: eva@example.org\r\n${content}`);
  await until(() => upstream.messages.length === 1);
  expect(upstream.messages[0]).toMatchObject({
    sender: 'ca@corp.example',
    recipients: [{ address: 'eva@example.org' }],
  });
  expect(await relay.host.handlers['badmail.delete']({ ...server1, names })).toMatchObject({ changed: 1 });
  expect(await listed()).toMatchObject({ total: 0 });
});

test('a remote domain that is held keeps its mail over a restart until somebody releases it', async () => {
  const upstream = await upstreamWith();
  const relay = await startRelay({
    ...through(upstream),
    'domains.remote': [
      remoteDomainSchema.parse({ name: 'held.example', held: true, smartHosts: [smartHost(upstream)] }),
    ],
  });
  const id = await relay.send({ to: ['a@held.example'] });
  await relay.send({ to: ['b@example.org'] });
  await until(() => upstream.messages.length === 1);
  await relay.restart();
  await until(async () => (await relay.rows()).length === 1);
  expect(await relay.rows()).toMatchObject([{ id, state: 'held', attempts: 0 }]);
  await relay.retry(id);
  expect(await relay.rows()).toMatchObject([{ id, state: 'held', attempts: 0 }]);
  await relay.host.handlers['queue.release']({ ...server1, target: { ids: [id] } });
  await relay.empty();
  expect(upstream.messages.map(({ recipients }) => recipients[0]?.address)).toEqual([
    'b@example.org',
    'a@held.example',
  ]);
});
