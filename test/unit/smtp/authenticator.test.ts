import { expect, test } from 'vitest';
import { createPasswordHasher, hashOfNobody, type PasswordHasher } from '../../../electron/base/password-hash.ts';
import { createAuthenticator } from '../../../electron/smtp/authenticator.ts';
import { defaultServerSettings, type ServerSettings } from '../../../shared/settings/server-settings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { settled } from '../../fakes/gate.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

type Verified = Awaited<ReturnType<PasswordHasher['verify']>>;

/** The stored "hash" is the password, so that no time goes into hashing. */
const plainPasswords = {
  verify: async (password: string, stored: string): Promise<Verified> => (password === stored ? 'match' : 'different'),
};

function setUp(
  changes: Partial<ServerSettings> = {},
  passwords: Pick<PasswordHasher, 'verify'> = plainPasswords,
  secrets: Readonly<Record<string, string>> = { 'user:CA': 'right', 'user:Jürgen': 'richtig' },
) {
  const clock = new FakeClock();
  const log = new MemoryLog();
  const settings = {
    ...defaultServerSettings,
    'access.users': ['CA', 'Jürgen', 'new'],
    'access.lockoutThreshold': 3,
    ...changes,
  };
  const { check } = createAuthenticator({
    settings: () => settings,
    secret: (name) => secrets[name] ?? null,
    passwords,
    ports: { clock, log },
  });
  /** The answer, with all the time it wants. */
  const login = async (user: string, password: string, clientAddress = '10.0.0.1') => {
    const answer = check({ clientAddress, user, password });
    await settled();
    await clock.advance(60_000);
    return await answer;
  };
  return { clock, log, settings, check, login };
}

test.each([
  { user: 'CA', password: 'right', outcome: 'accepted' },
  { user: 'ca', password: 'right', outcome: 'accepted' },
  { user: 'JÜRGEN', password: 'richtig', outcome: 'accepted' },
  { user: 'Ju\u0308rgen', password: 'richtig', outcome: 'accepted' },
  { user: 'CA', password: 'Right', outcome: 'refused' },
  { user: 'CA', password: '', outcome: 'refused' },
  { user: 'CA', password: 'richtig', outcome: 'refused' },
  { user: 'new', password: '', outcome: 'refused' },
  { user: 'nobody', password: 'right', outcome: 'refused' },
  { user: 'nobody', password: hashOfNobody.slice(1), outcome: 'refused' },
  { user: '', password: '', outcome: 'refused' },
  { user: 'CA ', password: 'right', outcome: 'refused' },
  { user: `${'x'.repeat(101)}CA`, password: 'right', outcome: 'refused' },
])('access.users: $user with the password "$password" is $outcome', async ({ user, password, outcome }) => {
  expect(await setUp().login(user, password)).toBe(outcome);
});

test('access.users: a user who is taken out is refused, although the password is still there', async () => {
  expect(await setUp({ 'access.users': ['Jürgen'] }).login('CA', 'right')).toBe('refused');
});

test('a name that is nobody’s costs as much as any other', async () => {
  const verified: string[] = [];
  const { login } = setUp(
    {},
    {
      verify: async (_password, stored) => {
        verified.push(stored);
        return 'different';
      },
    },
  );
  await login('nobody', 'guess');
  await login('new', 'guess');
  expect(verified).toEqual([hashOfNobody, hashOfNobody]);
});

test.each([0, 3, 60])('access.failedLoginDelay: a refusal waits %i seconds', async (delayS) => {
  const { check, clock } = setUp({ 'access.failedLoginDelay': delayS });
  let answer: string | null = null;
  void check({ clientAddress: '10.0.0.1', user: 'CA', password: 'wrong' }).then((outcome) => {
    answer = outcome;
  });
  await settled();
  if (delayS > 0) await clock.advance(delayS * 1_000 - 1);
  expect(answer).toBeNull();
  await clock.advance(1);
  expect(answer).toBe('refused');
});

test('the right password is answered at once', async () => {
  const { check, clock } = setUp();
  expect(await check({ clientAddress: '10.0.0.1', user: 'CA', password: 'right' })).toBe('accepted');
  expect(clock.pendingTimers).toBe(0);
});

test('access.lockoutThreshold: after so many failures even the right password is not looked at', async () => {
  let verifications = 0;
  const { login, log } = setUp(
    { 'access.lockoutThreshold': 2 },
    {
      verify: (password, stored) => {
        verifications += 1;
        return plainPasswords.verify(password, stored);
      },
    },
  );
  expect(await login('CA', 'wrong')).toBe('refused');
  expect(await login('CA', 'wrong')).toBe('refused');
  expect(await login('CA', 'right')).toBe('locked');
  expect(await login('Jürgen', 'richtig')).toBe('locked');
  expect(await login('CA', 'right', '10.0.0.2')).toBe('accepted');
  expect(verifications).toBe(3);
  expect(log.of('login refused')).toHaveLength(2);
  expect(log.of('logins locked')).toMatchObject([{ fields: { client: '10.0.0.1', who: 'client' } }]);
});

test('access.lockoutThreshold: off, nobody is locked out', async () => {
  const { login } = setUp({ 'access.lockoutThreshold': null });
  for (let time = 0; time < 30; time += 1) expect(await login('CA', 'wrong')).toBe('refused');
  expect(await login('CA', 'right')).toBe('accepted');
});

test('access.lockoutTime: the lock ends by then', async () => {
  const { login, clock } = setUp({ 'access.lockoutThreshold': 1, 'access.lockoutTime': 300 });
  await login('CA', 'wrong');
  expect(await login('CA', 'right')).toBe('locked');
  await clock.advance(180_000);
  expect(await login('CA', 'right')).toBe('accepted');
});

test('an IPv4 client is the same through an IPv6 socket', async () => {
  const { login } = setUp({ 'access.lockoutThreshold': 1 });
  await login('CA', 'wrong', '10.0.0.1');
  expect(await login('CA', 'right', '::ffff:10.0.0.1')).toBe('locked');
});

test('of many guesses sent at once, only as many are answered as one after the other', async () => {
  const { check, clock } = setUp({ 'access.lockoutThreshold': 3 });
  const guesses = Array.from({ length: 50 }, (_, index) => (index === 40 ? 'right' : `guess ${index}`));
  const answers = Promise.all(guesses.map((password) => check({ clientAddress: '10.0.0.1', user: 'CA', password })));
  await settled();
  await clock.advance(60_000);
  expect(await answers).toEqual([...Array(3).fill('refused'), ...Array(47).fill('locked')]);
});

test('when too many logins wait, the answer is to try later, and it is no failure', async () => {
  const busy: { now: boolean } = { now: true };
  const { login, log } = setUp(
    { 'access.lockoutThreshold': 1 },
    {
      verify: async (password, stored) => (busy.now ? 'busy' : await plainPasswords.verify(password, stored)),
    },
  );
  expect(await login('CA', 'right')).toBe('locked');
  busy.now = false;
  expect(await login('CA', 'right')).toBe('accepted');
  expect(log.of('login not checked')).toHaveLength(1);
});

test('when a password cannot be checked, the answer is to try later', async () => {
  const { login, log } = setUp({}, { verify: () => Promise.reject(new Error('made by the test')) });
  expect(await login('CA', 'right')).toBe('locked');
  expect(log.of('password not checked')).toHaveLength(1);
});

test('the log has no passwords, and little of what was typed as the user name', async () => {
  const { login, log } = setUp({ 'access.lockoutThreshold': 10 });
  await login('CA', 'P@ssw0rd!');
  await login('a very long name that may well be a password', 'P@ssw0rd!');
  await login('two\r\nlines', 'P@ssw0rd!');
  expect(log.of('login refused').map(({ fields }) => fields.user)).toEqual([
    'ca',
    'a very long name tha…',
    'two\u{FFFD}\u{FFFD}lines',
  ]);
  expect(JSON.stringify(log.entries)).not.toContain('P@ssw0rd');
});

test('with real hashes', async () => {
  const passwords = createPasswordHasher();
  const stored = await passwords.hash('right');
  const { check } = setUp({ 'access.failedLoginDelay': 0 }, passwords, { 'user:CA': stored });
  expect(await check({ clientAddress: '::1', user: 'ca', password: 'right' })).toBe('accepted');
});
