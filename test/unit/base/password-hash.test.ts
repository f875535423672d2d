import { expect, test } from 'vitest';
import { createPasswordHasher, hashOfNobody, isPasswordHash } from '../../../electron/base/password-hash.ts';

const passwords = createPasswordHasher();

test('a password fits its own hash and no other does', async () => {
  const stored = await passwords.hash('Grüße');
  expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(stored).not.toContain('Gr');
  expect(await passwords.verify('Grüße', stored)).toBe('match');
  expect(await passwords.verify('grüße', stored)).toBe('different');
  expect(await passwords.verify('', stored)).toBe('different');
});

test('a letter is the same whether it comes as one character or as two', async () => {
  expect(await passwords.verify('u\u0308', await passwords.hash('\u00fc'))).toBe('match');
});

test('the same password has another hash each time', async () => {
  expect(await passwords.hash('same')).not.toBe(await passwords.hash('same'));
});

test('the costs are those of the hash, not those of today', async () => {
  // Made with crypto.scryptSync('old password', 'salt of an older hash', 32, { N: 2 ** 12, r: 4, p: 2 }).
  const older = '$scrypt$ln=12,r=4,p=2$c2FsdCBvZiBhbiBvbGRlciBoYXNo$M8NDNquvHWzcvWX1yujBKtgw0rZ0e/EWFnZkhqp1fxY';
  expect(await passwords.verify('old password', older)).toBe('match');
  expect(await passwords.verify('new password', older)).toBe('different');
});

test('the hash of nobody is one, and fits no password', async () => {
  expect(isPasswordHash(hashOfNobody)).toBe(true);
  expect(await passwords.verify('', hashOfNobody)).toBe('different');
});

const salt = 'AAAAAAAAAAAAAAAAAAAAAA';
const hash = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

test.each([
  { what: 'a clear password', text: 'secret' },
  { what: 'nothing', text: '' },
  { what: 'another kind of hash', text: `$argon2id$ln=15,r=8,p=1$${salt}$${hash}` },
  { what: 'a gigabyte of memory', text: `$scrypt$ln=20,r=8,p=1$${salt}$${hash}` },
  { what: 'memory by the block size', text: `$scrypt$ln=15,r=99,p=1$${salt}$${hash}` },
  { what: 'a cost beyond all bounds', text: `$scrypt$ln=63,r=8,p=1$${salt}$${hash}` },
  { what: 'hours of work', text: `$scrypt$ln=15,r=8,p=9$${salt}$${hash}` },
  { what: 'no work at all', text: `$scrypt$ln=0,r=8,p=1$${salt}$${hash}` },
  { what: 'no block size', text: `$scrypt$ln=15,r=0,p=1$${salt}$${hash}` },
  { what: 'no hash', text: `$scrypt$ln=15,r=8,p=1$${salt}$` },
  { what: 'a hash that one guess in 256 fits', text: `$scrypt$ln=15,r=8,p=1$${salt}$AA` },
])('$what is refused as a hash', async ({ text }) => {
  expect(isPasswordHash(text)).toBe(false);
  expect(await passwords.verify('secret', text)).toBe('different');
});

test('of a flood of logins some are turned away, and the line is free again afterwards', async () => {
  const flooded = createPasswordHasher();
  const cheap = `$scrypt$ln=10,r=1,p=1$${salt}$${hash}`;
  const answers = await Promise.all(Array.from({ length: 100 }, () => flooded.verify('guess', cheap)));
  expect(answers.filter((answer) => answer === 'different')).toHaveLength(22);
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(78);
  expect(await flooded.verify('guess', cheap)).toBe('different');
});
