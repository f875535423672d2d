import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Disk } from '../../../electron/base/disk.ts';
import { createDropFolder } from '../../../electron/spool/drop-folder.ts';
import type { DropFolder, Envelope, StoredMessage } from '../../../electron/spool/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { envelope } from '../../fakes/envelopes.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FaultyDisk } from '../../fakes/faulty-disk.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { PowerLossDisk } from '../../fakes/power-loss-disk.ts';
import { realDisk } from '../../fakes/spools.ts';

const id = '01JGFJJZ00AAAAAAAAAAAAAAAA';

function message(content: string, over: Partial<Envelope> = {}): StoredMessage {
  const env = envelope({
    recipients: ['a@local.example', 'b@other.example', 'c@local.example'].map((address) => ({ address, dsn: {} })),
    ...over,
  });
  return {
    entry: {
      id,
      sender: env.sender,
      subject: '',
      sizeBytes: content.length,
      receivedAtMs: env.receivedAtMs,
      record: { held: false, failed: false, recipients: [] },
    },
    envelope: env,
    attempts: [],
    contentBytes: content.length,
    content: () => Readable.from([Buffer.from(content)], { objectMode: false }),
  };
}

const content = 'Received: by us\r\nSubject: s\r\n\r\nHello\r\n';

interface OpenedDrop extends AsyncDisposable {
  readonly drop: DropFolder;
  readonly clock: FakeClock;
  readonly mailroot: string;
}

async function openDrop(settings: Partial<ServerSettings> = {}, disk: Disk = realDisk): Promise<OpenedDrop> {
  const folder = await mkdtemp(join(tmpdir(), 'smtp-relay-drop-'));
  const mailroot = join(folder, '1');
  const clock = new FakeClock();
  const ports = { clock, disk, log: new MemoryLog() };
  const drop = createDropFolder({ ports, settings: () => ({ ...defaultServerSettings, ...settings }), mailroot });
  return { drop, clock, mailroot, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

test('a file as IIS writes it', async () => {
  await using opened = await openDrop();
  const { drop, mailroot } = opened;
  expect(drop.folder).toBe(join(mailroot, 'Drop'));
  await drop.deliver(message(content), ['a@local.example', 'c@local.example']);
  expect(await readdir(drop.folder)).toEqual([`${id}-1.eml`]);
  expect(await readFile(join(drop.folder, `${id}-1.eml`), 'utf8')).toBe(
    'x-sender: ca@corp.example\r\nx-receiver: a@local.example\r\nx-receiver: c@local.example\r\n' +
      `Return-Path: <ca@corp.example>\r\n${content}`,
  );
});

test('a report has a null Return-Path', async () => {
  await using opened = await openDrop();
  await opened.drop.deliver(message(content, { sender: '' }), ['a@local.example']);
  expect(await readFile(join(opened.drop.folder, `${id}-1.eml`), 'utf8')).toMatch(
    /^x-sender: <>\r\nx-receiver: a@local\.example\r\nReturn-Path: <>\r\n/,
  );
});

test('the same delivery again replaces its file, another one has a file of its own', async () => {
  await using opened = await openDrop();
  const { drop } = opened;
  await drop.deliver(message(content), ['a@local.example']);
  await drop.deliver(message(content), ['a@local.example']);
  await drop.deliver(message(content), ['c@local.example']);
  expect((await readdir(drop.folder)).sort()).toEqual([`${id}-1.eml`, `${id}-3.eml`]);
});

test('domains.dropFolder: another folder is made and used from the next message on', async () => {
  const settings: Partial<ServerSettings> = {};
  await using opened = await openDrop(settings);
  const { drop, mailroot } = opened;
  const other = join(mailroot, 'Mailboxes', 'In');
  settings['domains.dropFolder'] = other;
  await drop.deliver(message(content), ['a@local.example']);
  expect(drop.folder).toBe(other);
  expect(await readdir(other)).toHaveLength(1);
});

test('domains.dropQuota: ten times messages.sizeLimit, then the mail waits until there is room', async () => {
  await using opened = await openDrop({ 'messages.sizeLimit': 1_024 });
  const { drop, clock } = opened;
  await drop.deliver(message('x'.repeat(5_000)), ['a@local.example']);
  await writeFile(join(drop.folder, 'somebody'), 'x'.repeat(4_000));
  await clock.advance(5_000);
  const refused = drop.deliver(message('x'.repeat(2_000)), ['c@local.example']);
  await expect(refused).rejects.toMatchObject({
    problem: { code: 'storage', parameters: { reason: 'quota', folder: drop.folder, quotaKb: 10 } },
  });
  await expect(refused).rejects.toThrow('is full: it may hold 10 KB');
  expect((await readdir(drop.folder)).sort()).toEqual([`${id}-1.eml`, 'somebody']);
  await rm(join(drop.folder, 'somebody'));
  await clock.advance(5_000);
  await drop.deliver(message('x'.repeat(2_000)), ['c@local.example']);
  expect(await readdir(drop.folder)).toHaveLength(2);
});

test('domains.dropQuota: the same delivery again does not count twice', async () => {
  await using opened = await openDrop({ 'messages.sizeLimit': 1_024 });
  for (let repeat = 0; repeat < 5; repeat += 1) {
    await opened.drop.deliver(message('x'.repeat(9_000)), ['a@local.example']);
  }
  expect((await stat(join(opened.drop.folder, `${id}-1.eml`))).size).toBeGreaterThan(9_000);
});

test.each([
  { why: 'domains.dropQuota is off', settings: { 'messages.sizeLimit': 1_024, 'domains.dropQuota': false } },
  { why: 'messages.sizeLimit is off', settings: { 'messages.sizeLimit': null } },
])('there is no quota when $why', async ({ settings }) => {
  await using opened = await openDrop(settings);
  await opened.drop.deliver(message('x'.repeat(200_000)), ['a@local.example']);
  expect(await readdir(opened.drop.folder)).toHaveLength(1);
});

test('a disk that refuses leaves no half file', async () => {
  const disk = new FaultyDisk(realDisk);
  await using opened = await openDrop({}, disk);
  const { drop } = opened;
  for (const operation of ['createFile', 'write', 'sync', 'close', 'rename'] as const) {
    disk.fail({ code: 'ENOSPC', when: (step) => step.operation === operation, times: 1 });
    const refused = drop.deliver(message(content), ['a@local.example']);
    await expect(refused).rejects.toMatchObject({ problem: { code: 'storage' } });
    await expect(refused).rejects.toThrow(`${id}-1.eml could not be written: the disk is full`);
    expect(await readdir(drop.folder), operation).toEqual([]);
  }
  await drop.deliver(message(content), ['a@local.example']);
  expect(await readdir(drop.folder)).toHaveLength(1);
});

test('the power fails at any step: what was delivered is there, and delivered again it is there once', async () => {
  const mailroot = '/mailroot/1';
  const to = ['a@local.example'];
  for (let crashAt = 1; ; crashAt += 1) {
    const memory = new PowerLossDisk();
    const disk = new FaultyDisk(memory);
    const open = (on: Disk): DropFolder =>
      createDropFolder({
        ports: { clock: new FakeClock(), disk: on, log: new MemoryLog() },
        settings: () => defaultServerSettings,
        mailroot,
      });
    disk.crashAt(crashAt);
    const delivered = await open(disk)
      .deliver(message(content), to)
      .then(
        () => true,
        () => false,
      );
    for (let kept = 0; kept <= memory.pendingChanges; kept += 1) {
      const found = memory.afterPowerLoss(kept);
      const drop = open(found);
      const whole = (): readonly string[] => found.fileNames(drop.folder).filter((name) => name.endsWith('.eml'));
      if (delivered) expect(whole()).toHaveLength(1);
      else await drop.deliver(message(content), to);
      expect(found.fileNames(drop.folder)).toEqual([`${id}-1.eml`]);
      expect((await found.readFile(join(drop.folder, `${id}-1.eml`))).toString()).toContain(content);
    }
    if (!disk.crashed) return;
  }
});
