import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePorts } from '../../../electron/base/node-ports.ts';
import type { SystemEvent } from '../../../electron/base/ports.ts';
import { createExitModuleHandlers } from '../../../electron/ca/create-exit-module-handlers.ts';
import { restartCa } from '../../../electron/ca/restart-ca.ts';
import { windowsPrograms } from '../../../electron/ca/windows-programs.ts';
import type { Host } from '../../../electron/host/types.ts';
import type { ContractClient } from '../../../shared/contract/client.ts';
import type { ExitModuleChange } from '../../../shared/contract/computer/exit-module-calls.ts';
import {
  type FakeCaOptions,
  FakeCertificationAuthority,
  microsoftModule,
} from '../../fakes/fake-certification-authority.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { freePort } from '../../fakes/free-port.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { newDataFolder, removeFolder, startTestHost, statusOf } from '../../fakes/test-host.ts';

let dataFolder: string;
let host: Host;
let port: number;
const events: SystemEvent[] = [];

beforeEach(async () => {
  dataFolder = await newDataFolder();
  port = await freePort();
  host = await startTestHost({ dataFolder, port, smartHostPort: await freePort() });
  events.length = 0;
});
afterEach(async () => {
  await host.stop();
  await removeFolder(dataFolder);
});

interface Setting {
  readonly elevated?: boolean;
  readonly smtpPort?: number;
  readonly isWindows?: boolean;
}

function handlersOn(
  ca: FakeCertificationAuthority,
  { elevated = true, smtpPort = port, isWindows = true }: Setting = {},
) {
  const ports = nodePorts({ log: new MemoryLog() });
  // The relay of this process, called without a pipe.
  const relay = {
    call: (name: keyof Host['handlers'], argument: never) => host.handlers[name](argument),
  } as unknown as ContractClient;
  return createExitModuleHandlers({
    isWindows,
    systemRoot: 'C:\\Windows',
    runner: ca,
    disk: ports.disk,
    clock: ports.clock,
    log: ports.log,
    eventLog: { write: (event) => void events.push(event) },
    dataFolder,
    computerName: 'ca01.corp.example.com',
    ownAddresses: () => ['127.0.0.1'],
    elevated: async () => elevated,
    relay: async () => relay,
    token: () => 'token',
    smtpPort,
  });
}

const usual: ExitModuleChange = { server: '127.0.0.1', anonymous: true };

async function apply(handlers: ReturnType<typeof handlersOn>, change: ExitModuleChange = usual) {
  const { fingerprint } = await handlers['ca.plan'](change);
  return await handlers['ca.apply']({ change, fingerprint, testTo: '' });
}

const variants: readonly (readonly [string, FakeCaOptions])[] = [
  ['English, one text for each template', { language: 'en', layout: 'perTemplate' }],
  ['German, flat', { language: 'de', layout: 'flat', caName: 'Musterger!00e4te Ausstellende CA 2' }],
];

test.each(variants)('%s: looked at, changed, restarted, taken back', async (_, options) => {
  const ca = new FakeCertificationAuthority({ ...options, authentication: 1 });
  const handlers = handlersOn(ca);
  const before = await handlers['ca.status'](null);
  expect(before.state).toBe('ready');
  expect(before.settings).toMatchObject({
    server: 'mailgw.corp.example.com',
    authentication: 1,
    layout: options.layout,
  });
  expect(before.settings?.mails).toHaveLength(7);
  expect(before.findings.map(({ id }) => id)).toEqual(expect.arrayContaining(['serverElsewhere', 'authentication']));
  expect(ca.changes).toEqual([]);

  const outcome = await apply(handlers, { ...usual, events: { startup: true } });
  expect(outcome.selfTest).toMatchObject({ accepted: true, port });
  expect(outcome.steps.map(({ outcome: one }) => one)).toEqual(['done', 'done', 'done']);
  expect(ca.changes).toEqual([
    'certutil.exe -setreg exit\\smtp\\SMTPServer 127.0.0.1',
    'certutil.exe -setreg exit\\smtp\\SMTPAuthenticate 0',
    'certutil.exe -setreg exit\\smtp\\EventFilter +EXITEVENT_STARTUP',
  ]);
  expect([ca.value('', 'SMTPServer'), ca.value('', 'EventFilter')]).toEqual(['127.0.0.1', 0xa1]);
  expect(events.map(({ eventId, severity }) => [eventId, severity])).toEqual(Array(3).fill([104, 'information']));
  expect((await handlers['ca.status'](null)).lastChange).toMatchObject({ restartPending: true });

  expect(await handlers['ca.restart'](null)).toMatchObject({ startedAfterMs: expect.any(Number) });
  const after = await handlers['ca.status'](null);
  expect(after.lastChange).toMatchObject({ restartPending: false });
  expect(after.findings.map(({ id }) => id)).not.toContain('authentication');

  const back = await handlers['ca.rollbackPlan'](null);
  expect(back?.steps.map(({ name, after: value }) => [name, value])).toEqual([
    ['SMTPServer', { type: 'REG_SZ', text: 'mailgw.corp.example.com' }],
    ['SMTPAuthenticate', { type: 'REG_DWORD', number: 1 }],
    ['EventFilter', { type: 'REG_DWORD', number: 0x21 }],
  ]);
  expect((await handlers['ca.rollback']({ fingerprint: back?.fingerprint ?? '' })).done).toBe(true);
  expect([ca.value('', 'SMTPServer'), ca.value('', 'SMTPAuthenticate')]).toEqual(['mailgw.corp.example.com', 1]);
  expect(await handlers['ca.rollbackPlan'](null)).toBeNull();
});

test('the relay has the mail of the self-test, sent as the exit module does', async () => {
  const handlers = handlersOn(new FakeCertificationAuthority());
  const { accepted, messageId } = await handlers['ca.selfTest']({ testTo: '' });
  expect(accepted).toBe(true);
  const { row, envelope } = await host.handlers['queue.show']({ serverId: '1', id: messageId ?? '' });
  expect(row).toMatchObject({ sender: 'pki-ca01@corp.example.com', recipient: 'pki-operations@corp.example.com' });
  expect(envelope).toMatchObject({ heloName: 'CA01', protocol: 'SMTP', clientAddress: '127.0.0.1' });
});

test('a relay that does not take the mail leaves the certification authority as it is', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca, { smtpPort: await freePort() });
  const outcome = await apply(handlers);
  expect(outcome).toMatchObject({ done: false, selfTest: { accepted: false } });
  expect(outcome.selfTest?.reply).toContain('nothing listens there');
  await host.handlers['server.pause']({ serverId: '1' });
  expect(await apply(handlersOn(ca))).toMatchObject({ done: false, selfTest: { accepted: false } });
  expect(ca.changes).toEqual([]);
  expect(ca.value('', 'SMTPServer')).toBe('mailgw.corp.example.com');
});

test.each([
  ['access denied', { writable: false }, { failure: 'accessDenied', errorCode: '0x80070005' }],
  ['a success that is none', { forgetsWrites: true }, { failure: 'otherValue', errorCode: '' }],
] as const)('%s: stopped at the first command, and the way back is there', async (_, options, failure) => {
  const ca = new FakeCertificationAuthority({ ...options, language: 'de', authentication: 2 });
  const handlers = handlersOn(ca);
  const outcome = await apply(handlers);
  expect(outcome.done).toBe(false);
  expect(outcome.steps).toMatchObject([{ outcome: 'failed', ...failure }, { outcome: 'notReached' }]);
  if ('writable' in options) expect(outcome.steps[0]?.said).toContain('Zugriff verweigert');
  expect(ca.changes).toHaveLength(1);
  expect((await handlers['ca.rollbackPlan'](null))?.steps).toEqual([]);
});

test('texts of a mail are stored with their types, letters beyond the code page included, and come back', async () => {
  const ca = new FakeCertificationAuthority({ language: 'de' });
  const handlers = handlersOn(ca);
  const change: ExitModuleChange = {
    mails: [
      {
        key: 'Templates\\Default\\Issued',
        titleFormat: '@2030-01-01 Zertifikat für %1 – „neu“',
        bodyFormat: ['Guten Tag,', '', 'Antrag %1.'],
        bodyArguments: ['Request.RequestID'],
        to: 'betrieb@corp.example.com',
      },
    ],
  };
  const outcome = await apply(handlers, change);
  expect(outcome).toMatchObject({ done: true, selfTest: null });
  const key = 'Templates\\Default\\Issued';
  expect(ca.value(key, 'TitleFormat')).toBe('@2030-01-01 Zertifikat für %1 – „neu“');
  expect(ca.typeOf(key, 'BodyFormat')).toBe('REG_MULTI_SZ');
  expect(ca.value(key, 'BodyFormat')).toEqual(['Guten Tag,', ' ', 'Antrag %1.']);
  const back = await handlers['ca.rollbackPlan'](null);
  expect((await handlers['ca.rollback']({ fingerprint: back?.fingerprint ?? '' })).done).toBe(true);
  expect(ca.value(key, 'TitleFormat')).toBe('The request was processed by %1');
  expect(ca.value(key, 'To')).toBeNull();
});

test('a plan that somebody has overtaken is not carried out', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca);
  const { fingerprint } = await handlers['ca.plan'](usual);
  ca.set('', 'SMTPServer', 'REG_SZ', 'other.example.com');
  await expect(handlers['ca.apply']({ change: usual, fingerprint, testTo: '' })).rejects.toThrow(/have changed since/);
  expect(ca.changes).toEqual([]);
});

test('without rights everything is shown and nothing is changed', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca, { elevated: false });
  expect((await handlers['ca.status'](null)).elevated).toBe(false);
  await expect(apply(handlers)).rejects.toThrow(/administrator rights/);
  await expect(handlers['ca.restart'](null)).rejects.toThrow(/administrator rights/);
  await expect(handlers['ca.blockPort']({ blocked: true })).rejects.toThrow(/administrator rights/);
  await expect(handlers['ca.rollback']({ fingerprint: '' })).rejects.toThrow(/administrator rights/);
  expect(ca.changes).toEqual([]);
});

test('where the registry is closed, the words of certutil are read', async () => {
  const open = await handlersOn(new FakeCertificationAuthority({ language: 'de', layout: 'flat' }))['ca.status'](null);
  const closed = new FakeCertificationAuthority({ language: 'de', layout: 'flat', registryReadable: false });
  expect((await handlersOn(closed)['ca.status'](null)).settings).toEqual(open.settings);
  const neither = new FakeCertificationAuthority({ registryReadable: false, certutilReadable: false });
  const status = await handlersOn(neither)['ca.status'](null);
  expect(status).toMatchObject({ state: 'unreadable', settings: null });
  await expect(apply(handlersOn(neither))).rejects.toThrow(/could not be read/);
});

test('behind another exit module the right key is read and written', async () => {
  for (const registryReadable of [true, false]) {
    const ca = new FakeCertificationAuthority({ modules: ['Vendor.Exit', microsoftModule], registryReadable });
    const handlers = handlersOn(ca);
    expect((await handlers['ca.status'](null)).settings?.server).toBe('mailgw.corp.example.com');
    const { steps } = await handlers['ca.plan'](usual);
    expect(steps[0]?.command.args[1]).toBe(`exit\\${microsoftModule}\\smtp\\SMTPServer`);
  }
});

test.each([
  ['ca', 'yes'],
  ['closed', 'unknown'],
] as const)(
  'on a cluster (%s) the certification authority is never restarted from here',
  async (cluster, clustered) => {
    const ca = new FakeCertificationAuthority({ cluster });
    const handlers = handlersOn(ca);
    expect(await handlers['ca.status'](null)).toMatchObject({ clustered });
    await expect(handlers['ca.restart'](null)).rejects.toThrow(/Failover Cluster Manager/);
    expect(ca.changes.filter((line) => line.startsWith('sc.exe'))).toEqual([]);
  },
);

test('a cluster of something else is no obstacle', async () => {
  const handlers = handlersOn(new FakeCertificationAuthority({ cluster: 'other', serverCore: true }));
  const { clustered, findings } = await handlers['ca.status'](null);
  expect(clustered).toBe('no');
  expect(findings.map(({ id }) => id)).toContain('serverCore');
  await handlers['ca.restart'](null);
});

test('a service that does not start again is reported, with the way back', async () => {
  const handlers = handlersOn(new FakeCertificationAuthority({ startFails: true, slowness: 0 }));
  await expect(handlers['ca.restart'](null)).rejects.toThrow(/does not start.*ca rollback/s);
});

test('the firewall rule is added once and removed', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca);
  expect(await handlers['ca.blockPort']({ blocked: true })).toEqual({ blocked: true });
  expect(await handlers['ca.blockPort']({ blocked: true })).toEqual({ blocked: true });
  expect(ca.words.filter((line) => line.includes('add rule'))).toHaveLength(1);
  expect((await handlers['ca.status'](null)).portBlocked).toBe(true);
  expect(await handlers['ca.blockPort']({ blocked: false })).toEqual({ blocked: false });
});

test('a damaged file of old values is named, and nothing is changed over it', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca);
  const path = join(dataFolder, 'ca-mail-rollback.json');
  await writeFile(path, '{"version":1,"changes":[{"values":[{"key":"","name":"ImagePath"}]}]}');
  await expect(handlers['ca.rollbackPlan'](null)).rejects.toThrow(/ca-mail-rollback.json is damaged/);
  await expect(apply(handlers)).rejects.toThrow(/is damaged/);
  expect(ca.changes).toEqual([]);
  expect((await handlers['ca.status'](null)).lastChange).toBeNull();
  expect(await readFile(path, 'utf8')).toContain('ImagePath');
});

test('elsewhere than on Windows the commands are there to copy', async () => {
  const ca = new FakeCertificationAuthority();
  const handlers = handlersOn(ca, { isWindows: false });
  expect(await handlers['ca.status'](null)).toMatchObject({ state: 'notWindows', settings: null });
  const plan = await handlers['ca.plan'](usual);
  expect(plan).toMatchObject({ beforeKnown: false });
  expect(plan.steps).toHaveLength(2);
  await expect(apply(handlers)).rejects.toThrow(/on Windows only/);
  await expect(handlers['ca.selfTest']({ testTo: '' })).rejects.toThrow(/mail address is needed/);
  expect(await handlers['ca.selfTest']({ testTo: 'operations@corp.example.com' })).toMatchObject({ accepted: true });
  expect(ca.ran).toEqual([]);
});

test('the relay counts: not listening on the port of the exit module is found', async () => {
  const { findings } = await handlersOn(new FakeCertificationAuthority(), { smtpPort: 25 })['ca.status'](null);
  expect(findings.map(({ id }) => id)).toContain('relayNotListening');
  expect((await statusOf(host)).listeners[0]?.boundTo).toBe(`127.0.0.1:${port}`);
});

test('mail that failed since a moment', async () => {
  const ca = new FakeCertificationAuthority();
  const at = (moment: string): string =>
    `<Event><System><EventID>46</EventID><TimeCreated SystemTime='${moment}'/></System><EventData><Data>Windows default</Data><Data>Notify</Data><Data>0x80040213 (-2147220973)</Data></EventData></Event>`;
  ca.failuresXml = at('2030-01-01T11:00:00Z') + at('2030-01-01T09:00:00Z');
  const failures = await handlersOn(ca)['ca.failures']({ sinceMs: Date.parse('2030-01-01T10:00:00Z') });
  expect(failures).toMatchObject([{ eventId: 46, errorCode: '0x80040213' }]);
});

test('a service that never stops is left alone after some minutes', async () => {
  const ca = new FakeCertificationAuthority({ slowness: 1_000_000 });
  const clock = new FakeClock();
  const ended = restartCa({ runner: ca, programs: windowsPrograms(null), clock }).catch(
    (error: Error) => error.message,
  );
  for (let seconds = 0; seconds < 400; seconds += 1) await clock.advance(1_000);
  expect(await ended).toMatch(/not stopped after 5 minutes; it is stopping.*do not end its process/);
  expect(ca.words.some((line) => line.startsWith('sc.exe start') || line.includes('taskkill'))).toBe(false);
});
