import { expect, test } from 'vitest';
import {
  createClientRules,
  decideConnection,
  decideRelay,
  type RelayQuestion,
} from '../../../electron/smtp/client-rules.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type FakeNames, fakeDns } from '../../fakes/fake-dns.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const stranger = '203.0.113.9';
const names: FakeNames = {
  reverse: { [stranger]: ['app01.example.net'], '203.0.113.10': 'ESERVFAIL' },
  addresses: { 'app01.example.net': [stranger] },
};

function setUp(changes: Partial<ServerSettings> = {}) {
  let settings: ServerSettings = { ...defaultServerSettings, ...changes };
  const ports = {
    clock: new FakeClock(),
    dns: fakeDns(names),
    log: new MemoryLog(),
    ownAddresses: () => [{ address: '192.0.2.10', family: 'IPv4', adapter: 'lan' } as const],
  };
  const rules = createClientRules({ settings: () => settings, ports });
  return {
    ports,
    rules,
    set(next: Partial<ServerSettings>) {
      settings = { ...settings, ...next };
    },
    relay: (question: Partial<RelayQuestion> = {}) =>
      rules.mayRelay({ clientAddress: stranger, authenticated: false, recipient: 'user@example.com', ...question }),
  };
}

const remote = (name: string, relayAllowed: boolean): RemoteDomain => remoteDomainSchema.parse({ name, relayAllowed });

test('by default everybody may connect, and this computer may relay', () => {
  const { rules, relay } = setUp();
  expect(rules.mayConnect(stranger)).toMatchObject({ allowed: true, reason: 'notListed' });
  expect(relay({ clientAddress: '127.0.0.1' })).toMatchObject({ allowed: true, reason: 'thisComputer', entry: 'host' });
  expect(relay({ clientAddress: '192.0.2.10' })).toMatchObject({ allowed: true, reason: 'thisComputer' });
  expect(relay()).toEqual({ allowed: false, reason: 'notListed', entry: null, clientName: null });
});

test('access.connectionMode and access.connectionList: only the listed may connect', () => {
  const { rules } = setUp({ 'access.connectionMode': 'onlyListed', 'access.connectionList': ['host', '10.0.0.0/8'] });
  expect(rules.mayConnect('10.0.0.5')).toMatchObject({ allowed: true, reason: 'listed', entry: '10.0.0.0/8' });
  expect(rules.mayConnect('::1')).toMatchObject({ allowed: true, reason: 'thisComputer' });
  expect(rules.mayConnect(stranger)).toMatchObject({ allowed: false, reason: 'notListed' });
});

test('access.connectionMode and access.connectionList: the listed may not connect', () => {
  const { rules } = setUp({ 'access.connectionList': ['203.0.113.0/24'] });
  expect(rules.mayConnect(stranger)).toMatchObject({ allowed: false, reason: 'exceptListed', entry: '203.0.113.0/24' });
  expect(rules.mayConnect('10.0.0.5')).toMatchObject({ allowed: true, reason: 'notListed' });
});

test('access.connectionList: a computer by its name in DNS', async () => {
  const { rules } = setUp({
    'access.connectionMode': 'onlyListed',
    'access.connectionList': ['host', '*.example.net'],
  });
  expect(await rules.mayConnect(stranger)).toEqual({
    allowed: true,
    reason: 'listed',
    entry: '*.example.net',
    clientName: 'app01.example.net',
  });
  expect(await rules.mayConnect('203.0.113.11')).toMatchObject({ allowed: false, reason: 'notListed' });
});

test('access.relayMode and access.relayList: only the listed may relay', () => {
  const { relay } = setUp({ 'access.relayList': ['203.0.113.0/255.255.255.0'] });
  expect(relay()).toMatchObject({ allowed: true, reason: 'listed', entry: '203.0.113.0/255.255.255.0' });
  expect(relay({ clientAddress: '127.0.0.1' })).toMatchObject({ allowed: false, reason: 'notListed' });
});

test('access.relayMode and access.relayList: all but the listed may relay', () => {
  const { relay } = setUp({ 'access.relayMode': 'allExceptListed', 'access.relayList': ['203.0.113.9'] });
  expect(relay()).toMatchObject({ allowed: false, reason: 'exceptListed', entry: '203.0.113.9' });
  expect(relay({ clientAddress: '203.0.113.8' })).toMatchObject({ allowed: true, reason: 'notListed' });
});

test('access.relayList: a computer by its name in DNS, at once from the second recipient on', async () => {
  const { relay } = setUp({ 'access.relayList': ['app01.example.net'] });
  const first = relay();
  expect(first).toBeInstanceOf(Promise);
  const verdict = { allowed: true, reason: 'listed', entry: 'app01.example.net', clientName: 'app01.example.net' };
  expect(await first).toEqual(verdict);
  expect(relay()).toEqual(verdict);
});

test('access.relayList: a name that DNS does not tell opens nothing, in neither mode', async () => {
  const clientAddress = '203.0.113.10';
  const list = { 'access.relayList': ['*.example.net'] };
  expect(await setUp(list).relay({ clientAddress })).toMatchObject({ allowed: false, reason: 'notListed' });
  expect(await setUp({ ...list, 'access.relayMode': 'allExceptListed' }).relay({ clientAddress })).toMatchObject({
    allowed: false,
    reason: 'exceptListed',
  });
});

test('without names in the lists nobody waits for DNS', () => {
  const { rules, relay } = setUp({ 'access.relayList': ['host', '10.0.0.0/8'] });
  expect(rules.mayConnect(stranger)).not.toBeInstanceOf(Promise);
  expect(relay()).not.toBeInstanceOf(Promise);
});

test('with names in the lists, this computer does not wait for DNS', () => {
  const { rules, relay } = setUp({
    'access.connectionList': ['*.example.net'],
    'access.relayList': ['*.example.net', 'host'],
  });
  expect(rules.mayConnect('127.0.0.1')).toMatchObject({ allowed: true });
  expect(relay({ clientAddress: '127.0.0.1' })).toMatchObject({ allowed: true, reason: 'thisComputer' });
});

test('access.relayAuthenticated: who has logged in may relay', () => {
  expect(setUp().relay({ authenticated: true })).toMatchObject({ allowed: false });
  const { relay } = setUp({ 'access.relayAuthenticated': true });
  expect(relay({ authenticated: true })).toEqual({
    allowed: true,
    reason: 'authenticated',
    entry: null,
    clientName: null,
  });
  expect(relay()).toMatchObject({ allowed: false });
});

test.each([
  { recipient: 'user@example.org', entry: 'example.org' },
  { recipient: 'user@EXAMPLE.ORG', entry: 'example.org' },
  { recipient: '"odd@example.com"@example.org', entry: 'example.org' },
  { recipient: 'user@alias.example', entry: 'alias.example' },
  { recipient: 'user@müller.example', entry: 'xn--mller-kva.example' },
])('domains.default and domains.aliases: everybody may send to $recipient', ({ recipient, entry }) => {
  const { relay } = setUp({
    'domains.default': 'example.org',
    'domains.aliases': ['alias.example', 'xn--mller-kva.example'],
  });
  expect(relay({ recipient })).toEqual({ allowed: true, reason: 'localDomain', entry, clientName: null });
});

test.each([
  'user@sub.example.org',
  'user@example.org.evil.net',
  'user%example.com@evil.net',
  '"user@example.org"@evil.net',
  'user@example.org@evil.net',
  'example.org',
  'user',
  '',
])('domains.default: that opens nothing for %s', (recipient) => {
  const { relay } = setUp({ 'domains.default': 'example.org' });
  expect(relay({ recipient })).toMatchObject({ allowed: false, reason: 'notListed' });
});

test('domains.aliases: without a default domain there is nothing they could be aliases of', () => {
  const { relay } = setUp({ 'domains.aliases': ['alias.example'] });
  expect(relay({ recipient: 'user@alias.example' })).toMatchObject({ allowed: false, reason: 'notListed' });
});

test.each([
  { recipient: 'user@open.example', entry: 'open.example' },
  { recipient: 'user@sub.wild.example', entry: '*.wild.example' },
  { recipient: 'user@wild.example', entry: null },
  { recipient: 'user@closed.wild.example', entry: null },
  { recipient: 'user@open.closed.wild.example', entry: '*.wild.example' },
  { recipient: 'user@a.inner.wild.example', entry: null },
  { recipient: 'user@shut.example', entry: null },
])('domains.remote, relayAllowed: $recipient is open by $entry', ({ recipient, entry }) => {
  const { relay } = setUp({
    'domains.remote': [
      remote('*.wild.example', true),
      remote('closed.wild.example', false),
      remote('*.inner.wild.example', false),
      remote('open.example', true),
      remote('shut.example', false),
    ],
  });
  expect(relay({ recipient })).toMatchObject(
    entry === null ? { allowed: false, reason: 'notListed' } : { allowed: true, reason: 'remoteDomain', entry },
  );
});

test('the order: local domain, remote domain, login, list', () => {
  const { relay, set } = setUp({ 'access.relayList': [stranger] });
  expect(relay({ authenticated: true })).toMatchObject({ reason: 'listed' });
  set({ 'access.relayAuthenticated': true });
  expect(relay({ authenticated: true })).toMatchObject({ reason: 'authenticated' });
  set({ 'domains.remote': [remote('example.com', true)] });
  expect(relay({ authenticated: true })).toMatchObject({ reason: 'remoteDomain' });
  set({ 'domains.default': 'example.com' });
  expect(relay({ authenticated: true })).toMatchObject({ reason: 'localDomain' });
});

test('changed settings count from the next question on', () => {
  const { rules, relay, set } = setUp();
  expect(relay()).toMatchObject({ allowed: false });
  set({ 'access.relayList': ['203.0.113.0/24'], 'access.connectionList': ['203.0.113.0/24'] });
  expect(relay()).toMatchObject({ allowed: true });
  expect(rules.mayConnect(stranger)).toMatchObject({ allowed: false });
});

test('the question of the console is answered for rules that are not in force', async () => {
  const { ports } = setUp();
  const settings: ServerSettings = {
    ...defaultServerSettings,
    'access.relayList': ['*.example.net'],
    'access.connectionMode': 'onlyListed',
    'access.connectionList': ['app01.example.net'],
    'domains.default': 'example.org',
  };
  const question = { clientAddress: stranger, authenticated: false, recipient: '' };
  expect(await decideRelay(settings, question, ports)).toMatchObject({
    allowed: true,
    reason: 'listed',
    clientName: 'app01.example.net',
  });
  expect(await decideRelay(settings, { ...question, recipient: 'user@example.org' }, ports)).toMatchObject({
    reason: 'localDomain',
  });
  expect(await decideConnection(settings, stranger, ports)).toMatchObject({
    allowed: true,
    entry: 'app01.example.net',
  });
  expect(await decideConnection(settings, '10.0.0.5', ports)).toMatchObject({ allowed: false });
});
