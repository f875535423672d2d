/** A secret goes into the relay and never comes out: no answer, no event, no log, no file but the one for secrets. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ArgumentOf, type CallName, calls } from '../../../shared/contract/calls.ts';
import { eventNames } from '../../../shared/contract/events.ts';
import type { SecretName } from '../../../shared/settings/secrets.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { RelayBed, sendMail } from './relay-bed.ts';

let bed: RelayBed | undefined;
afterEach(() => bed?.clear());

const value = 'Tr0ub4dor-und-3';
const names: readonly SecretName[] = [
  'certificate.passphrase',
  'delivery.password',
  'delivery.clientSecret',
  'user:anna',
  'domain:partner.example:password',
];
const server = { serverId: '1' };
const piece = { offsetBytes: 0, limitBytes: 1_000 };
const page = { offset: 0, limit: 10 };

test('search every answer, event, log line and file', async () => {
  const port = await freePort();
  const log = new MemoryLog();
  bed = await RelayBed.make({
    1: {
      'general.listen': [`127.0.0.1:${port}`],
      'access.users': ['anna'],
      'delivery.smartHosts': [`127.0.0.1:${await freePort()}`],
      'delivery.authentication': 'basic',
      'delivery.userName': 'relay',
    },
  });
  const host = await bed.start({ ports: { log } });
  const seen: unknown[] = [];
  for (const name of eventNames) host.on(name, (event) => seen.push(event));

  for (const name of names) await host.handlers['secret.set']({ ...server, name, value });
  const id = await sendMail(port);
  const snapshot = await host.handlers['settings.get'](server);
  expect([...snapshot.secrets].sort()).toEqual([...names].sort());

  const { text } = await host.handlers['settings.export'](server);
  const target = { ids: [id] };
  const everyCall: { readonly [Name in CallName]: ArgumentOf<Name> } = {
    'status.get': null,
    'load.history': server,
    'server.pause': server,
    'server.start': server,
    'server.create': { name: 'Second', listen: [`127.0.0.1:${await freePort()}`] },
    'server.stop': { serverId: '2' },
    'server.delete': { serverId: '2' },
    'settings.get': server,
    'settings.save': { ...server, revision: 1, changes: { 'general.name': 'Renamed' } },
    'settings.export': server,
    'settings.import': { ...server, text, preview: true },
    'settings.history': null,
    'settings.rollback': { revision: 1, toRevision: 1 },
    'secret.set': { ...server, name: 'delivery.password', value },
    'relay.check': { ...server, clientAddress: '127.0.0.1', mode: 'onlyListed', list: [] },
    'connection.check': { clientAddress: '127.0.0.1', mode: 'onlyListed', list: [] },
    'name.check': { name: 'localhost' },
    'network.addresses': null,
    'queue.list': { ...server, ...page, filter: {}, sort: { by: 'id', descending: false } },
    'queue.show': { ...server, id },
    'queue.source': { ...server, id, ...piece },
    'queue.retry': { ...server, target },
    'queue.hold': { ...server, target },
    'queue.release': { ...server, target },
    'queue.setRoute': { ...server, target, smartHosts: null },
    'queue.delete': { ...server, target, report: false },
    'destination.list': server,
    'destination.retry': { ...server, nextHop: 'x' },
    'destination.freeze': { ...server, nextHop: 'x', frozen: true },
    'route.explain': { ...server, address: 'eva@example.org' },
    'gateway.check': { ...server, recipient: null },
    'trash.list': { ...server, ...page },
    'trash.restore': { ...server, target: { all: true } },
    'badmail.list': { ...server, ...page },
    'badmail.show': { ...server, name: 'x' },
    'badmail.source': { ...server, name: 'x', ...piece },
    'badmail.resubmit': { ...server, names: ['x'] },
    'badmail.delete': { ...server, names: ['x'] },
    'session.list': server,
    'session.terminate': { ...server, ids: null },
    'log.tail': { ...server, after: 0, limit: 1_000 },
    'mail.sendTest': { ...server, to: 'eva@example.org' },
    'mail.follow': { ...server, id },
  };
  const answered: CallName[] = [];
  for (const [name, argument] of Object.entries(everyCall) as [CallName, unknown][]) {
    const handle = host.handlers[name] as (argument: unknown) => Promise<unknown>;
    const answer = await handle(calls[name].argument.parse(argument)).catch((error: unknown) => {
      const { problem } = error as { problem?: { code: string } };
      expect(problem?.code, `${name}: ${String(error)}`).toMatch(/^(?:notFound|notPossible|conflict|storage)$/);
      return problem;
    });
    seen.push(answer);
    if (calls[name].answer.safeParse(answer).success) answered.push(name);
  }
  expect(answered.length).toBeGreaterThan(30);
  seen.push(log.entries);
  expect(JSON.stringify(seen)).not.toContain(value);
  await host.stop();

  const files = (await readdir(bed.dataFolder, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const content = await readFile(join(file.parentPath, file.name), 'latin1');
    if (file.name !== 'secrets.json') expect(content, file.name).not.toContain(value);
    // Of a user only the hash is kept.
    else expect(content.match(/"user:anna": "\$scrypt\$/)).not.toBeNull();
  }
});

test('a secret is named in the snapshot once it is set, and no more once it is removed', async () => {
  bed = await RelayBed.make({ 1: { 'general.listen': [`127.0.0.1:${await freePort()}`] } });
  const host = await bed.start();
  const told: string[] = [];
  host.on('settings.changed', ({ serverId }) => told.push(serverId));
  const set = (secret: string | null) =>
    host.handlers['secret.set']({ ...server, name: 'delivery.password', value: secret });
  await set(value);
  expect((await host.handlers['settings.get'](server)).secrets).toEqual(['delivery.password']);
  await set(null);
  expect((await host.handlers['settings.get'](server)).secrets).toEqual([]);
  expect(told[0]).toBe('1');
  await expect(host.handlers['secret.set']({ serverId: '9', name: 'delivery.password', value })).rejects.toMatchObject({
    problem: { code: 'notFound' },
  });
});
