import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { createNodeDisk } from '../../../electron/base/node-disk.ts';
import { createPasswordHasher } from '../../../electron/base/password-hash.ts';
import type { SecretProtection } from '../../../electron/base/ports.ts';
import { openSecrets } from '../../../electron/settings/secret-store.ts';
import { ProblemError } from '../../../shared/contract/problem.ts';
import { outboundSecret, userSecret } from '../../../shared/settings/secrets.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';

const dataFolder = '/data';
const path = join(dataFolder, 'secrets.json');
const password = outboundSecret(null, 'password');

async function setUp(disk: Disk = new MemoryDisk()) {
  const log = new MemoryLog();
  return { disk, log, secrets: await openSecrets({ dataFolder, ports: { disk, log } }) };
}

const problemOf = async (action: Promise<unknown>): Promise<ProblemError> => {
  const error: unknown = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error;
  throw new Error('There was no problem', { cause: error });
};

test('without a file there are no secrets, and none is written', async () => {
  const disk = new MemoryDisk();
  const { secrets } = await setUp(disk);
  expect(secrets.names('1')).toEqual([]);
  expect(secrets.get('1', password)).toBeNull();
  expect([...disk.files.keys()]).toEqual([]);
});

test('a secret is kept, for its server only, and is there after a restart', async () => {
  const { disk, secrets } = await setUp();
  await secrets.set('1', password, 'Grüße');
  await secrets.set('1', 'certificate.passphrase', 'open sesame');
  for (const store of [secrets, (await setUp(disk)).secrets]) {
    expect(store.get('1', password)).toBe('Grüße');
    expect(store.get('1', 'certificate.passphrase')).toBe('open sesame');
    expect(store.names('1')).toEqual([password, 'certificate.passphrase']);
    expect(store.get('2', password)).toBeNull();
    expect(store.names('2')).toEqual([]);
  }
});

// Windows takes the rights of the data folder.
test.skipIf(platform === 'win32')('nobody but the account of the relay may read the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const disk = createNodeDisk({ platform, wait: async () => undefined });
  const secrets = await openSecrets({ dataFolder: folder, ports: { disk, log: new MemoryLog() } });
  await secrets.set('1', password, 'one');
  expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

test('the password of a user is kept as a hash only', async () => {
  const disk = new MemoryDisk();
  const { secrets } = await setUp(disk);
  await secrets.set('1', userSecret('CA'), 'right');
  const stored = secrets.get('1', userSecret('CA')) ?? '';
  expect(await createPasswordHasher().verify('right', stored)).toBe('match');
  expect(disk.files.get(path)?.toString()).not.toContain('right');
});

test('a user is the same in capitals, also when the password is set anew', async () => {
  const { secrets } = await setUp();
  await secrets.set('1', userSecret('CA'), 'first');
  await secrets.set('1', userSecret('ca'), 'second');
  expect(secrets.names('1')).toEqual([userSecret('ca')]);
  const stored = secrets.get('1', userSecret('Ca')) ?? '';
  expect(await createPasswordHasher().verify('second', stored)).toBe('match');
});

test('a secret that is removed is gone, from the file as well', async () => {
  const disk = new MemoryDisk();
  const { secrets } = await setUp(disk);
  await secrets.set('1', password, 'to be removed');
  await secrets.set('1', password, null);
  expect(secrets.names('1')).toEqual([]);
  expect(disk.files.get(path)?.toString()).not.toContain('to be removed');
  await secrets.set('1', password, null);
});

test('the secrets of a server that is deleted are gone, those of others stay', async () => {
  const { disk, secrets } = await setUp();
  await secrets.set('1', password, 'one');
  await secrets.set('2', password, 'two');
  await secrets.removeServer('1');
  await secrets.removeServer('7');
  for (const store of [secrets, (await setUp(disk)).secrets]) {
    expect(store.names('1')).toEqual([]);
    expect(store.get('2', password)).toBe('two');
  }
});

test('what has changed is told, once it is saved', async () => {
  const { secrets, log } = await setUp();
  const told: unknown[] = [];
  secrets.onChange(() => {
    throw new Error('made by the test');
  });
  const stop = secrets.onChange((serverId, name) => told.push([serverId, name, secrets.get(serverId, name)]));
  await secrets.set('1', password, 'one');
  await secrets.set('1', password, 'one');
  await secrets.set('1', password, null);
  stop();
  await secrets.set('1', password, 'two');
  expect(told).toEqual([
    ['1', password, 'one'],
    ['1', password, null],
  ]);
  expect(log.of('secrets listener failed')).toHaveLength(3);
});

test('changes at the same moment do not undo each other', async () => {
  const { disk, secrets } = await setUp();
  const names = Array.from({ length: 20 }, (_, index) => outboundSecret(`d${index}.example.org`, 'password'));
  await Promise.all(names.map((name) => secrets.set('1', name, name)));
  expect((await setUp(disk)).secrets.names('1')).toEqual(names);
});

test('no value gets into the log', async () => {
  const { secrets, log } = await setUp();
  await secrets.set('1', password, 'not for the log');
  await secrets.set('1', userSecret('CA'), 'not for the log');
  expect(log.of('secret set')).toHaveLength(2);
  expect(JSON.stringify(log.entries)).not.toMatch(/not for the log|\$scrypt/);
});

test.each([
  { serverId: '1', name: 'delivery.pasword', value: 'x', field: 'name' },
  { serverId: '1', name: 'user:', value: 'x', field: 'name' },
  { serverId: '1', name: '__proto__', value: 'x', field: 'name' },
  { serverId: '__proto__', name: password, value: 'x', field: 'name' },
  { serverId: '1', name: userSecret('CA'), value: '', field: 'value' },
  { serverId: '1', name: password, value: 'x'.repeat(10_001), field: 'value' },
])('what the next start could not read is refused: $name of $serverId', async ({ serverId, name, value, field }) => {
  const disk = new MemoryDisk();
  const { secrets } = await setUp(disk);
  expect((await problemOf(secrets.set(serverId, name, value))).problem).toMatchObject({ code: 'badArgument', field });
  expect(disk.files.has(path)).toBe(false);
});

const canary = 'c4n4ry-value';
const version1 = (servers: unknown): string => JSON.stringify({ version: 1, servers });

test.each([
  { what: 'is empty', content: '' },
  { what: 'was cut off', content: `{"version": 1, "servers": {"1": {"delivery.password": "${canary}` },
  { what: 'is not JSON', content: canary },
  { what: 'is a list', content: JSON.stringify([canary]) },
  { what: 'has no version', content: JSON.stringify({ servers: { '1': { 'delivery.password': canary } } }) },
  { what: 'has something else in it', content: JSON.stringify({ version: 1, servers: {}, extra: canary }) },
  { what: 'has an unknown secret', content: version1({ '1': { [canary]: canary } }) },
  { what: 'has a secret that is no text', content: version1({ '1': { 'delivery.password': [canary] } }) },
  { what: 'has an empty secret', content: version1({ '1': { 'delivery.password': '' } }) },
  { what: 'has a server that cannot be', content: version1({ [canary]: { 'delivery.password': canary } }) },
  { what: 'has a user’s password in clear text', content: version1({ '1': { 'user:CA': canary } }) },
  { what: 'is not UTF-8', content: Buffer.from([0x22, 0xff, 0x22]) },
])('a file that $what refuses the start and stays as it is', async ({ content }) => {
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from(content));
  const error = await problemOf(setUp(disk));
  expect(error.problem.code).toBe('storage');
  expect(error.message).toContain(`${path} is damaged`);
  expect(`${error.message} ${JSON.stringify(error.problem)} ${String(error.cause)}`).not.toContain(canary);
  expect(disk.files.get(path)).toEqual(Buffer.from(content));
});

test('a file of a newer version refuses the start and says so', async () => {
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from(JSON.stringify({ version: 2, servers: [] })));
  expect((await problemOf(setUp(disk))).message).toContain('newer version of SMTP Relay Manager (format 2');
});

test('a file with a byte order mark, as Notepad writes it, is read', async () => {
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from(`\uFEFF${version1({ '1': { 'delivery.password': 'one' } })}`));
  expect((await setUp(disk)).secrets.get('1', password)).toBe('one');
});

test('a file that cannot be read refuses the start', async () => {
  const disk = new FaultyDisk(new MemoryDisk());
  disk.fail({ code: 'EACCES', when: ({ operation }) => operation === 'readFile' });
  expect((await problemOf(setUp(disk))).message).toBe(`${path} cannot be read: access is denied (EACCES).`);
});

test('what could not be written is not in force', async () => {
  const disk = new FaultyDisk(new MemoryDisk());
  const { secrets } = await setUp(disk);
  await secrets.set('1', password, 'old');
  const told: string[] = [];
  secrets.onChange((_serverId, name) => told.push(name));
  const repair = disk.fail({ code: 'ENOSPC', when: ({ operation }) => operation === 'write' });
  const error = await problemOf(secrets.set('1', password, 'new value'));
  expect(error.message).toBe(`${path} could not be written, nothing was changed: the disk is full (ENOSPC).`);
  expect(secrets.get('1', password)).toBe('old');
  expect(told).toEqual([]);
  repair();
  await secrets.set('1', password, 'new value');
  expect(secrets.get('1', password)).toBe('new value');
});

test('what is in the file is in force, even when its folder could not be flushed', async () => {
  const disk = new FaultyDisk(new MemoryDisk());
  const { secrets } = await setUp(disk);
  const told: string[] = [];
  secrets.onChange((_serverId, name) => told.push(name));
  disk.fail({ code: 'EIO', when: ({ operation }) => operation === 'syncFolder', times: 1 });
  expect((await problemOf(secrets.set('1', password, 'new'))).message).toContain('may be lost if the power fails');
  expect(secrets.get('1', password)).toBe('new');
  expect(told).toEqual([password]);
});

test('a secret that was set survives a power loss; before, the old one does', async () => {
  for (let crashAt = 1; ; crashAt += 1) {
    const inner = new PowerLossDisk();
    const disk = new FaultyDisk(inner);
    const { secrets } = await setUp(disk);
    await secrets.set('1', password, 'old');
    disk.crashAt(crashAt);
    const saved = await secrets.set('1', password, 'new').then(
      () => true,
      () => false,
    );
    for (let kept = 0; kept <= inner.pendingChanges; kept += 1) {
      const { secrets: found } = await setUp(inner.afterPowerLoss(kept));
      expect(saved ? ['new'] : ['old', 'new'], `crash at change ${crashAt}`).toContain(found.get('1', password));
    }
    if (!disk.crashed) return;
  }
});

/** Seals by turning the text round; what begins with 'elsewhere' is of another computer. */
const turning: SecretProtection = {
  protect: async (text) => Buffer.from([...text].reverse().join('')),
  async unprotect(sealed) {
    const text = Buffer.from(sealed).toString();
    if (text.startsWith('elsewhere')) throw new Error('error 13 of Windows');
    return [...text].reverse().join('');
  },
};

async function setUpSealed(disk: MemoryDisk, secretProtection: SecretProtection = turning) {
  const log = new MemoryLog();
  return { log, secrets: await openSecrets({ dataFolder, ports: { disk, log, secretProtection } }) };
}

const fileWith = (secrets: Readonly<Record<string, unknown>>): MemoryDisk => {
  const disk = new MemoryDisk();
  disk.files.set(path, Buffer.from(JSON.stringify({ version: 1, servers: { '1': secrets } })));
  return disk;
};

test('where the system can, a secret is sealed in the file and there after a restart', async () => {
  const disk = new MemoryDisk();
  const { secrets } = await setUpSealed(disk);
  await secrets.set('1', password, 'geheim');
  await secrets.set('1', userSecret('CA'), 'hashed already');
  const file = disk.files.get(path)?.toString() ?? '';
  expect(file).not.toContain('geheim');
  expect(file).toContain(Buffer.from('mieheg').toString('base64'));
  const { secrets: again } = await setUpSealed(disk);
  expect(again.get('1', password)).toBe('geheim');
  expect(await createPasswordHasher().verify('hashed already', again.get('1', userSecret('CA')) ?? '')).toBe('match');
});

test('a secret that lies open in the file is sealed with the next change', async () => {
  const disk = fileWith({ [password]: 'geheim' });
  const { secrets } = await setUpSealed(disk);
  expect(secrets.get('1', password)).toBe('geheim');
  await secrets.set('1', 'certificate.passphrase', 'other');
  expect(disk.files.get(path)?.toString()).not.toContain('geheim');
  expect((await setUpSealed(disk)).secrets.get('1', password)).toBe('geheim');
});

test('a secret of another computer counts as not set, stays in the file, and can be set anew', async () => {
  const foreign = { dpapi: Buffer.from('elsewhere').toString('base64') };
  const disk = fileWith({ [password]: foreign });
  const { secrets, log } = await setUpSealed(disk);
  expect(secrets.get('1', password)).toBeNull();
  expect(secrets.names('1')).toEqual([]);
  expect(secrets.storedNames('1')).toEqual([password]);
  expect(JSON.stringify(log.entries)).toContain('secret unreadable');
  await secrets.set('1', 'certificate.passphrase', 'other');
  expect(disk.files.get(path)?.toString()).toContain(foreign.dpapi);
  await secrets.set('1', password, 'new');
  expect((await setUpSealed(disk)).secrets.get('1', password)).toBe('new');
  expect(disk.files.get(path)?.toString()).not.toContain(foreign.dpapi);
});

test('a sealed file read by a system without the means: nothing is lost, mail goes on', async () => {
  const disk = fileWith({ [password]: { dpapi: Buffer.from('miehcs').toString('base64') } });
  const { secrets } = await setUp(disk);
  expect(secrets.get('1', password)).toBeNull();
});

test('what can not be sealed is not written in the open', async () => {
  const disk = new MemoryDisk();
  const { secrets } = await setUpSealed(disk, {
    ...turning,
    protect: async () => {
      throw new Error('error 5 of Windows');
    },
  });
  const { problem } = await problemOf(secrets.set('1', password, 'geheim'));
  expect(problem.code).toBe('storage');
  expect(problem.message).toContain('error 5 of Windows');
  expect(secrets.get('1', password)).toBeNull();
  expect([...disk.files.keys()]).toEqual([]);
});
