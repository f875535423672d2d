import { X509Certificate } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { createServerCertificate } from '../../../electron/smtp/server-certificate.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { relayCertificate, relayPfx, renewedCertificate, testPassphrase } from '../../fakes/test-certificates.ts';

const file = '/etc/relay/relay.pem';
const keyFile = '/etc/relay/relay.key';
const pollMs = 30_000;
const expiresAtMs = Date.parse(new X509Certificate(relayCertificate.cert).validTo);
const relaySubject = 'CN=relay.example.org, O=Example';
const renewedSubject = 'CN=relay.example.org, O=Example Renewed';

function setUp(changes: Partial<ServerSettings> = { 'access.certificateFile': file }) {
  const clock = new FakeClock();
  const memory = new MemoryDisk(() => clock.now());
  const disk = new FaultyDisk(memory);
  const log = new MemoryLog();
  const state = { settings: { ...defaultServerSettings, ...changes }, passphrase: null as string | null };
  const certificate = createServerCertificate({
    settings: () => state.settings,
    secret: (name) => (name === 'certificate.passphrase' ? state.passphrase : null),
    ports: { clock, disk, log },
  });
  onTestFinished(() => certificate.close());
  const told: (string | null)[] = [];
  certificate.onChange(() => told.push(certificate.problem));
  const put = (path: string, content: string | Buffer): void => {
    memory.files.set(path, Buffer.from(content));
    memory.modifiedAt.set(path, clock.now());
  };
  return {
    clock,
    memory,
    disk,
    log,
    certificate,
    told,
    put,
    set(next: Partial<ServerSettings>) {
      state.settings = { ...state.settings, ...next };
    },
    setPassphrase(passphrase: string | null) {
      state.passphrase = passphrase;
    },
  };
}

test('access.certificateFile: without one there is no certificate, and no problem', async () => {
  const { certificate, told, disk, clock } = setUp({});
  await certificate.refresh();
  await clock.advance(pollMs);
  expect(certificate.current).toBeNull();
  expect(certificate.problem).toBeNull();
  expect(told).toEqual([]);
  expect(disk.steps).toEqual([]);
});

test('access.certificateFile: the certificate in it is used', async () => {
  const { certificate, put, told, log } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  expect(certificate.current).toBeNull();
  await certificate.refresh();
  expect(certificate.current).toMatchObject({ subject: relaySubject, expiresAtMs });
  expect(certificate.problem).toBeNull();
  expect(told).toEqual([null]);
  expect(log.of('certificate loaded')).toHaveLength(1);
});

test('access.certificateKeyFile: the key is read from it', async () => {
  const { certificate, put } = setUp({ 'access.certificateFile': file, 'access.certificateKeyFile': keyFile });
  put(file, relayCertificate.cert);
  await certificate.refresh();
  expect(certificate.problem).toContain(`${keyFile} cannot be read: there is no such file`);
  put(keyFile, relayCertificate.key);
  await certificate.refresh();
  expect(certificate.current?.subject).toBe(relaySubject);
});

test('access.certificateKeyFile: of no use beside a PFX file, which has its own', async () => {
  const { certificate, put, setPassphrase } = setUp({
    'access.certificateFile': '/etc/relay/relay.dat',
    'access.certificateKeyFile': keyFile,
  });
  setPassphrase(testPassphrase);
  put('/etc/relay/relay.dat', relayPfx);
  await certificate.refresh();
  expect(certificate.current).toMatchObject({ subject: relaySubject, expiresAtMs });
});

test('a problem of the key file names the key file', async () => {
  const { certificate, put } = setUp({ 'access.certificateFile': file, 'access.certificateKeyFile': keyFile });
  put(file, relayCertificate.cert);
  put(keyFile, relayCertificate.protectedKey);
  await certificate.refresh();
  expect(certificate.current).toBeNull();
  expect(certificate.problem).toBe(`${keyFile} is protected with a passphrase. Set the passphrase of the certificate.`);
});

test('a new passphrase is tried at the next refresh, and is nowhere to be read', async () => {
  const { certificate, put, setPassphrase, log, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.protectedKey);
  setPassphrase('a wrong one');
  await certificate.refresh();
  expect(certificate.problem).toContain('passphrase is wrong');
  setPassphrase(testPassphrase);
  await certificate.refresh();
  expect(certificate.current?.subject).toBe(relaySubject);
  expect(certificate.problem).toBeNull();
  expect(JSON.stringify([log.entries, told])).not.toMatch(/a wrong one|test passphrase/);
});

test('a renewed file is used within half a minute, without a restart', async () => {
  const { certificate, put, clock, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await certificate.refresh();
  const before = certificate.current?.context;
  await clock.advance(pollMs);
  expect(certificate.current?.context).toBe(before);
  put(file, renewedCertificate.cert + renewedCertificate.key);
  await clock.advance(pollMs);
  await expect.poll(() => certificate.current?.subject).toBe(renewedSubject);
  expect(told).toEqual([null, null]);
});

test('files that stay as they are, are not read again', async () => {
  const { certificate, put, clock, disk } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await certificate.refresh();
  await clock.advance(10 * pollMs);
  await certificate.refresh();
  expect(disk.steps.filter(({ operation }) => operation === 'readFile')).toHaveLength(1);
});

test.each([
  { what: 'is half-written', path: file, content: renewedCertificate.cert.slice(0, 300), reason: 'is damaged' },
  { what: 'is empty', path: file, content: '', reason: 'contains no certificate' },
  { what: 'does not fit the old key yet', path: file, content: renewedCertificate.cert, reason: 'does not belong' },
])('while the new file $what, the old certificate goes on', async ({ path, content, reason }) => {
  const { certificate, put, clock, told, log } = setUp({
    'access.certificateFile': file,
    'access.certificateKeyFile': keyFile,
  });
  put(file, relayCertificate.cert);
  put(keyFile, relayCertificate.key);
  await certificate.refresh();
  const before = certificate.current;
  put(path, content);
  await clock.advance(pollMs);
  await expect.poll(() => certificate.problem).toContain(reason);
  await clock.advance(3 * pollMs);
  await certificate.refresh();
  expect(certificate.problem).toContain(path);
  expect(certificate.current).toBe(before);
  expect(told).toHaveLength(2);
  expect(log.of('certificate problem')).toHaveLength(1);

  put(file, renewedCertificate.cert);
  put(keyFile, renewedCertificate.key);
  await clock.advance(pollMs);
  await expect.poll(() => certificate.current?.subject).toBe(renewedSubject);
  expect(certificate.problem).toBeNull();
});

test('a file that goes away is missed, but the certificate stays', async () => {
  const { certificate, put, memory, clock } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await certificate.refresh();
  await memory.remove(file);
  await clock.advance(pollMs);
  await expect
    .poll(() => certificate.problem)
    .toBe(`${file} cannot be read: there is no such file. Correct the path (ENOENT).`);
  expect(certificate.current?.subject).toBe(relaySubject);
});

test('a file that another program held is read once it is free, although it looks the same', async () => {
  const { certificate, put, disk, clock } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  const repair = disk.fail({ code: 'EBUSY', when: ({ operation }) => operation === 'readFile' });
  await certificate.refresh();
  expect(certificate.current).toBeNull();
  expect(certificate.problem).toContain('another program holds it');
  repair();
  await clock.advance(pollMs);
  await expect.poll(() => certificate.current?.subject).toBe(relaySubject);
});

test('an expired certificate is still used, and the problem says so from that moment on', async () => {
  const { certificate, put, clock, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  clock.setTo(expiresAtMs - pollMs);
  await certificate.refresh();
  expect(certificate.problem).toBeNull();
  await clock.advance(pollMs);
  await expect.poll(() => told).toHaveLength(2);
  expect(certificate.problem).toBe(
    `The certificate in ${file} expired on ${new Date(expiresAtMs).toISOString().slice(0, 10)}. It is still used; put a renewed one in its place.`,
  );
  expect(certificate.current?.subject).toBe(relaySubject);
});

test('a certificate that is not valid yet is used, with a problem', async () => {
  const { certificate, put, clock } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  clock.setTo(Date.parse('2001-01-01T00:00:00Z'));
  await certificate.refresh();
  expect(certificate.problem).toContain('is valid from');
  expect(certificate.current?.subject).toBe(relaySubject);
});

test('access.certificateFile: when it is taken out, there is no certificate any more', async () => {
  const { certificate, put, set, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await certificate.refresh();
  set({ 'access.certificateFile': '' });
  await certificate.refresh();
  expect(certificate.current).toBeNull();
  expect(certificate.problem).toBeNull();
  expect(told).toEqual([null, null]);
});

test('a huge file is not read', async () => {
  const { certificate, put, disk } = setUp();
  put(file, Buffer.alloc(2_000_000));
  await certificate.refresh();
  expect(certificate.problem).toBe(`${file} is too large for a certificate file.`);
  expect(disk.steps.some(({ operation }) => operation === 'readFile')).toBe(false);
});

test('a listener that fails does not stop the others', async () => {
  const { certificate, put, log, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  certificate.onChange(() => {
    throw new Error('made by the test');
  });
  const later: string[] = [];
  certificate.onChange(() => later.push('told'));
  await certificate.refresh();
  expect(told).toHaveLength(1);
  expect(later).toEqual(['told']);
  expect(log.of('certificate listener failed')).toHaveLength(1);
});

test('two refreshes at once read the files one after the other', async () => {
  const { certificate, put, told } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await Promise.all([certificate.refresh(), certificate.refresh()]);
  expect(told).toEqual([null]);
});

test('after close nothing is looked at any more', async () => {
  const { certificate, put, clock, disk } = setUp();
  put(file, relayCertificate.cert + relayCertificate.key);
  await certificate.refresh();
  const steps = disk.steps.length;
  certificate.close();
  expect(clock.pendingTimers).toBe(0);
  await certificate.refresh();
  expect(clock.pendingTimers).toBe(0);
  expect(disk.steps).toHaveLength(steps);
});
