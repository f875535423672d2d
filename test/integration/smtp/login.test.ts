import { expect, test, vi } from 'vitest';
import type { Authenticator } from '../../../electron/smtp/types.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { closedGate } from '../../fakes/gate.ts';
import { patience, startInbound } from '../../fakes/inbound.ts';
import type { SmtpDialogue } from '../../fakes/smtp-dialogue.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';

const password = 'geheim: Küche 7';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const plain = (user: string, secret = password, actingFor = ''): string => base64(`${actingFor}\0${user}\0${secret}`);

/** Knows one user; remembers what it was asked. */
function oneUser(): Authenticator & { readonly asked: { clientAddress: string; user: string; password: string }[] } {
  const asked: { clientAddress: string; user: string; password: string }[] = [];
  return {
    asked,
    check: async (login) => {
      asked.push({ ...login });
      if (login.user === 'locked') return 'locked';
      if (login.user === 'broken') throw new Error(`cannot read the user list for ${login.password}`);
      return login.user === 'ca' && login.password === password ? 'accepted' : 'refused';
    },
  };
}

const inClear: Partial<ServerSettings> = { 'access.basic': true, 'access.basicRequiresTls': false };

async function startWithUser(changes: Partial<ServerSettings> = inClear) {
  const authenticator = oneUser();
  const inbound = await startInbound(changes, { authenticator, keyPair: relayCertificate });
  return { ...inbound, authenticator };
}

const features = async (client: SmtpDialogue): Promise<string[]> =>
  (await client.send('EHLO CA01', '250')).split('\r\n').map((line) => line.slice(4));

test('access.basic off: AUTH is neither announced nor known', async () => {
  const { greetEncrypted } = await startWithUser({});
  const client = await greetEncrypted();
  expect((await features(client)).filter((feature) => feature.startsWith('AUTH'))).toEqual([]);
  await client.send(`AUTH PLAIN ${plain('ca')}`, '500 5.5.2');
});

test('access.basicRequiresTls: announced and taken only after STARTTLS', async () => {
  const { greet, greetEncrypted, authenticator } = await startWithUser({ 'access.basic': true });
  const clear = await greet();
  expect((await features(clear)).filter((feature) => feature.startsWith('AUTH'))).toEqual([]);
  await clear.send(`AUTH PLAIN ${plain('ca')}`, '538 5.7.11');
  expect(authenticator.asked).toEqual([]);
  const encrypted = await greetEncrypted();
  expect(await features(encrypted)).toContain('AUTH PLAIN LOGIN');
  await encrypted.send(`AUTH PLAIN ${plain('ca')}`, '235 2.7.0');
});

test('access.basicRequiresTls off: announced and taken in clear', async () => {
  const { greet } = await startWithUser();
  const client = await greet();
  expect(await features(client)).toContain('AUTH PLAIN LOGIN');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '235 2.7.0');
  expect((await features(client)).filter((feature) => feature.startsWith('AUTH'))).toEqual([]); // once is enough
});

test.each([
  { name: 'PLAIN in one line', say: [[`AUTH PLAIN ${plain('ca')}`, '235']] },
  {
    name: 'PLAIN in two lines',
    say: [
      ['AUTH PLAIN', '334'],
      [plain('ca'), '235'],
    ],
  },
  { name: 'PLAIN, the user named twice', say: [[`AUTH PLAIN ${plain('ca', password, 'ca')}`, '235']] },
  {
    name: 'LOGIN',
    say: [
      ['AUTH LOGIN', '334 VXNlcm5hbWU6'],
      [base64('ca'), '334 UGFzc3dvcmQ6'],
      [base64(password), '235'],
    ],
  },
  {
    name: 'LOGIN, the user at once',
    say: [
      [`auth login ${base64('ca')}`, '334 UGFzc3dvcmQ6'],
      [base64(password), '235'],
    ],
  },
] as const)('$name', async ({ say }) => {
  const { greet, authenticator, server, intake } = await startWithUser();
  const client = await greet();
  for (const [line, reply] of say) await client.send(line, reply);
  expect(authenticator.asked).toEqual([{ clientAddress: '127.0.0.1', user: 'ca', password }]);
  expect(server.sessions()).toMatchObject([{ user: 'ca', phase: 'greeted' }]);
  await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
  expect(intake.kept[0]?.envelope).toMatchObject({ authenticatedUser: 'ca', protocol: 'ESMTPA' });
});

test('encrypted and logged in: ESMTPSA, with SMTPUTF8 as well', async () => {
  const { greetEncrypted, intake } = await startWithUser();
  const client = await greetEncrypted();
  await client.send(`AUTH PLAIN ${plain('ca')}`, '235');
  await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n');
  await client.send('MAIL FROM:<a@b> SMTPUTF8', '250');
  await client.send('RCPT TO:<c@d>', '250');
  await client.send('DATA', '354');
  await client.send('.', '250');
  expect(intake.kept.map(({ envelope }) => envelope.protocol)).toEqual(['ESMTPSA', 'UTF8SMTPSA']);
});

test.each([
  { name: 'a wrong password', say: [[`AUTH PLAIN ${plain('ca', 'wrong')}`, '535 5.7.3']] },
  {
    name: 'an unknown user',
    say: [
      ['AUTH LOGIN', '334'],
      [base64('x'), '334'],
      [base64(password), '535 5.7.3'],
    ],
  },
  {
    name: 'an empty password',
    say: [
      ['AUTH LOGIN', '334'],
      [base64('ca'), '334'],
      ['', '535 5.7.3'],
    ],
  },
  { name: 'a locked user', say: [[`AUTH PLAIN ${plain('locked')}`, '454 4.7.0']] },
  { name: 'a check that fails', say: [[`AUTH PLAIN ${plain('broken')}`, '454 4.7.0']] },
  { name: 'acting for somebody else', say: [[`AUTH PLAIN ${plain('ca', password, 'boss')}`, '535 5.7.3']] },
  { name: 'garbage at once', say: [['AUTH PLAIN geheim!', '501 5.5.2']] },
  {
    name: 'garbage as password',
    say: [
      ['AUTH LOGIN', '334'],
      [base64('ca'), '334'],
      ['geheim!', '501 5.5.2'],
    ],
  },
  {
    name: 'a message cut off',
    say: [
      ['AUTH PLAIN', '334'],
      [plain('ca').slice(0, -1), '501 5.5.2'],
    ],
  },
  { name: 'no user at all', say: [[`AUTH PLAIN ${base64('\0\0x')}`, '535 5.7.3']] },
  { name: 'no NUL', say: [[`AUTH PLAIN ${base64('ca geheim')}`, '501']] },
  {
    name: 'cancelled',
    say: [
      ['AUTH PLAIN', '334'],
      ['*', '501'],
    ],
  },
  {
    name: 'cancelled after the user',
    say: [
      ['AUTH LOGIN', '334'],
      [base64('ca'), '334'],
      ['*', '501'],
    ],
  },
  { name: 'an unknown mechanism', say: [[`AUTH CRAM-MD5`, '504']] },
  { name: 'two words too many', say: [[`AUTH PLAIN ${plain('ca')} ${plain('ca')}`, '501']] },
] as const)('not logged in by $name, and the conversation goes on', async ({ say }) => {
  const { greet, server, intake, protocol, log } = await startWithUser({ ...inClear, 'access.anonymous': false });
  const client = await greet();
  const replies: string[] = [];
  for (const [line, reply] of say) replies.push(await client.send(line, reply));
  await client.send('MAIL FROM:<a@b>', '530 5.7.3 Client was not authenticated');
  await client.send('NOOP', '250');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '235');
  await client.mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
  const everywhere = JSON.stringify([replies, server.sessions(), protocol, log.entries, intake.kept], (_key, value) =>
    value instanceof Error ? '' : value,
  );
  for (const secret of [password, base64(password), plain('ca'), plain('ca', 'wrong'), 'geheim']) {
    expect(everywhere).not.toContain(secret);
  }
});

test('AUTH at the wrong time is refused', async () => {
  const { greet, connect, authenticator } = await startWithUser();
  const early = await connect();
  await early.expect('220');
  await early.send(`AUTH PLAIN ${plain('ca')}`, '503 5.5.1');
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '250');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '503 5.5.1 AUTH is not permitted during a mail transaction');
  await client.send('RSET', '250');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '235');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '503 5.5.1');
  expect(authenticator.asked).toHaveLength(1);
});

test('three failed logins per connection, then 421', async () => {
  const { greet, authenticator } = await startWithUser();
  const client = await greet();
  for (const user of ['ca', 'locked', 'x']) await client.send(`AUTH PLAIN ${plain(user, 'wrong')}`, '');
  await client.send(`AUTH PLAIN ${plain('ca')}`, '421 4.7.0 Too many failed logins');
  await client.closed();
  expect(authenticator.asked).toHaveLength(3);
  await (await greet()).send(`AUTH PLAIN ${plain('ca')}`, '235');
});

test('failed logins are bad commands', async () => {
  const { greet } = await startWithUser({ ...inClear, 'messages.badCommandLimit': 1 });
  const client = await greet();
  await client.send(`AUTH PLAIN ${plain('x')}`, '535');
  await client.send(`AUTH PLAIN ${plain('x')}`, '421 4.7.0 Too many bad commands');
  await client.closed();
});

test.each([
  { name: 'access.basic on', basic: true },
  { name: 'access.basic off, so nobody may send', basic: false },
])('access.anonymous off: MAIL without login is refused; $name', async ({ basic }) => {
  const { greet, set } = await startWithUser({ ...inClear, 'access.anonymous': false, 'access.basic': basic });
  const client = await greet();
  await client.send('MAIL FROM:<a@b>', '530 5.7.3 Client was not authenticated');
  await client.send(`AUTH PLAIN ${plain('ca')}`, basic ? '235' : '500');
  await client.send('MAIL FROM:<a@b>', basic ? '250' : '530 5.7.3');
  const other = await greet();
  set({ 'access.anonymous': true });
  await other.send('MAIL FROM:<a@b>', '250');
});

test('access.relayAuthenticated: a login opens the relay', async () => {
  const { greet, set } = await startWithUser({ ...inClear, 'access.relayList': [], 'access.relayAuthenticated': true });
  const [stranger, known] = [await greet(), await greet()];
  await known.send(`AUTH PLAIN ${plain('ca')}`, '235');
  for (const client of [stranger, known]) await client.send('MAIL FROM:<a@b>', '250');
  await stranger.send('RCPT TO:<c@d>', '550 5.7.1');
  await known.send('RCPT TO:<c@d>', '250');
  set({ 'access.relayAuthenticated': false });
  await known.send('RCPT TO:<e@f>', '550 5.7.1');
});

test('a login does not outlive STARTTLS', async () => {
  const { greet, server } = await startWithUser({ ...inClear, 'access.anonymous': false });
  const client = await greet();
  await client.send(`AUTH PLAIN ${plain('ca')}`, '235');
  await client.send('STARTTLS', '220');
  await client.secure();
  await client.send('EHLO CA01', '250');
  expect(server.sessions()).toMatchObject([{ user: 'CA01' }]);
  await client.send('MAIL FROM:<a@b>', '530 5.7.3');
});

test('access.requireTls comes before the login', async () => {
  const { greet, greetEncrypted, authenticator } = await startWithUser({ ...inClear, 'access.requireTls': true });
  await (await greet()).send(`AUTH PLAIN ${plain('ca')}`, '530 5.7.0');
  expect(authenticator.asked).toEqual([]);
  await (await greetEncrypted()).send(`AUTH PLAIN ${plain('ca')}`, '235');
});

test('while a password is checked the session shows it, others go on, and nothing runs out of time', async () => {
  const gate = closedGate();
  const { greet, server, clock } = await startInbound(
    { ...inClear, 'general.commandTimeLimit': 10 },
    {
      authenticator: {
        check: async () => {
          await gate.promise;
          return 'accepted';
        },
      },
    },
  );
  const client = await greet();
  await client.send('AUTH LOGIN', '334');
  expect(server.sessions()).toMatchObject([{ phase: 'auth', user: 'ca01' }]);
  await client.send(base64('ca'), '334');
  client.sendBytes(`${base64(password)}\r\nMAIL FROM:<a@b>\r\n`);
  await (await greet()).mail({ from: 'a@b', to: ['c@d'] }, 'hello\r\n', '250 2.6.0');
  await clock.advance(60_000);
  expect(server.sessions()).toContainEqual(expect.objectContaining({ phase: 'auth' }));
  gate.open();
  await client.expect('235');
  await client.expect('250 2.1.0');
});

test('a client that leaves while its password is checked harms nobody', async () => {
  const gate = closedGate();
  const { greet, server, log } = await startInbound(inClear, {
    authenticator: {
      check: async () => {
        await gate.promise;
        return 'accepted';
      },
    },
  });
  const client = await greet();
  await client.send(`AUTH PLAIN ${plain('ca')}`);
  await vi.waitFor(() => expect(server.sessions()).toMatchObject([{ phase: 'auth' }]), patience);
  client.vanish();
  await vi.waitFor(() => expect(server.sessions()).toEqual([]), patience);
  gate.open();
  await greet();
  expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
});
