import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { forgettingSettings } from '../../../electron/settings/forgetting-settings.ts';
import { openSecrets } from '../../../electron/settings/secret-store.ts';
import { openSettings } from '../../../electron/settings/settings-store.ts';
import type { SecretStore, SettingsStore } from '../../../electron/settings/types.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import type { SecretName } from '../../../shared/settings/secrets.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const domain = (name: string) => remoteDomainSchema.parse({ name });
const ofDomain: SecretName = 'domain:partner.example:password';

let disk: FaultyDisk;
let log: MemoryLog;
let secrets: SecretStore;
let settings: SettingsStore;

beforeEach(async () => {
  disk = new FaultyDisk(new MemoryDisk());
  log = new MemoryLog();
  const ports = { clock: new FakeClock(), disk, log };
  secrets = await openSecrets({ dataFolder: '/data', ports });
  settings = forgettingSettings(await openSettings({ dataFolder: '/data', ports }), secrets, log);
  await save({ 'domains.remote': [domain('Partner.example'), domain('other.example')], 'access.users': ['Anna'] });
  const all: readonly SecretName[] = [
    ofDomain,
    'domain:partner.example:clientSecret',
    'domain:other.example:password',
    'delivery.password',
    'certificate.passphrase',
  ];
  for (const name of all) await secrets.set('1', name, 'secret');
});

const save = (changes: Record<string, unknown>) => settings.save('1', settings.revision, changes);
const names = (): string[] => [...secrets.names('1')].sort();
const without = (...gone: readonly string[]): string[] =>
  [
    'certificate.passphrase',
    'delivery.password',
    'domain:other.example:password',
    'domain:partner.example:clientSecret',
    ofDomain,
  ].filter((name) => !gone.includes(name));

test('the secrets of a remote domain go with it, the others stay', async () => {
  await save({ 'domains.remote': [domain('other.example')] });
  expect(names()).toEqual(without(ofDomain, 'domain:partner.example:clientSecret'));
});

test('the password of a user goes with the user', async () => {
  await secrets.set('1', 'user:anna', 'secret');
  await save({ 'general.name': 'Renamed' });
  expect(names()).toContain('user:anna');
  await save({ 'access.users': [] });
  expect(names()).toEqual(without());
});

test('another spelling of the name is the same domain and the same user', async () => {
  await save({ 'domains.remote': [domain('PARTNER.example'), domain('other.example')], 'access.users': ['ANNA'] });
  expect(names()).toEqual(without());
});

test('an import that does not name a domain, and a roll-back to before it, remove its secrets', async () => {
  const before = settings.exportServer('1');
  await save({ 'domains.remote': [domain('partner.example'), domain('other.example'), domain('third.example')] });
  await secrets.set('1', 'domain:third.example:password', 'secret');
  await settings.importServer('1', before, { preview: true });
  expect(names()).toContain('domain:third.example:password');
  await settings.importServer('1', before, { preview: false });
  expect(names()).toEqual(without());
  const earlier = settings.revision;
  await save({ 'domains.remote': [domain('third.example')] });
  await secrets.set('1', 'domain:third.example:password', 'secret');
  await settings.rollback(settings.revision, earlier);
  expect(names()).toEqual(['certificate.passphrase', 'delivery.password']);
});

test('all secrets of a server go with it', async () => {
  const id = await settings.create({ 'general.listen': ['127.0.0.1:2599'] });
  await secrets.set(id, 'delivery.password', 'secret');
  await settings.remove(id);
  expect(secrets.names(id)).toEqual([]);
  expect(names()).toEqual(without());
});

test('a secret that was set ahead of its domain stays, whatever else is changed', async () => {
  await secrets.set('1', 'domain:soon.example:password', 'secret');
  await save({ 'general.name': 'Renamed' });
  expect(names()).toContain('domain:soon.example:password');
});

test('a domain that comes back has to be told its secret again, and keeps that one', async () => {
  await save({ 'domains.remote': [] });
  await secrets.set('1', ofDomain, 'another');
  await save({ 'general.name': 'Renamed' });
  expect(names()).toContain(ofDomain);
});

test('settings first: when they cannot be saved nothing is forgotten', async () => {
  disk.fail({ code: 'EIO', when: ({ path }) => path.includes('settings.json') });
  await expect(save({ 'domains.remote': [] })).rejects.toMatchObject({ problem: { code: 'storage' } });
  expect(names()).toEqual(without());
});

test('a secret that cannot be removed is no failure of the change; the next change removes it', async () => {
  const repair = disk.fail({ code: 'EIO', when: ({ path }) => path.includes('secrets.json') });
  await save({ 'domains.remote': [domain('other.example')] });
  expect(settings.get('1').values['domains.remote']).toHaveLength(1);
  expect(names()).toEqual(without());
  expect(log.entries.filter(({ level }) => level === 'error')).toHaveLength(1);
  repair();
  await save({ 'general.name': 'Renamed' });
  expect(names()).toEqual(without(ofDomain, 'domain:partner.example:clientSecret'));
});

test('a secret that can not be opened on this computer goes with its domain as well', async () => {
  const memory = new MemoryDisk();
  const sealed = { [ofDomain]: { dpapi: 'c2VhbGVk' }, 'domain:other.example:password': { dpapi: 'c2VhbGVk' } };
  memory.files.set(join('/data', 'secrets.json'), Buffer.from(JSON.stringify({ version: 1, servers: { 1: sealed } })));
  const ports = { clock: new FakeClock(), disk: memory, log };
  secrets = await openSecrets({ dataFolder: '/data', ports });
  settings = forgettingSettings(await openSettings({ dataFolder: '/data', ports }), secrets, log);
  await save({ 'domains.remote': [domain('partner.example'), domain('other.example')] });
  expect(secrets.storedNames('1')).toEqual([ofDomain, 'domain:other.example:password']);
  await save({ 'domains.remote': [domain('other.example')] });
  expect(secrets.storedNames('1')).toEqual(['domain:other.example:password']);
});
