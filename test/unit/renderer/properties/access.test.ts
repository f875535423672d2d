import { expect, test } from 'vitest';
import { authenticationText, connectionText } from '../../../../renderer/properties/access/access-text.ts';
import { certificateText } from '../../../../renderer/properties/access/certificate-text.ts';
import { userProblem } from '../../../../renderer/properties/access/user-entry.ts';
import { areaTexts } from '../area-texts.ts';

test.each([
  [true, false, [], 'anonymous access only'],
  [true, true, ['ca01'], 'anonymous access, and basic authentication for 1 user'],
  [false, true, ['ca01', 'ca02'], 'clients must log on; there are 2 users'],
  [false, false, ['ca01'], 'nobody may send anything'],
])('anonymous %s, basic %s, users %j', async (anonymous, basic, users, text) => {
  const t = await areaTexts('en', 'accessTab');
  expect(
    authenticationText(t, { 'access.anonymous': anonymous, 'access.basic': basic, 'access.users': users }),
  ).toContain(text);
});

test.each([
  ['allExceptListed', [], 'every computer that reaches this server'],
  ['allExceptListed', ['10.0.0.5'], 'except the 1 entry'],
  ['onlyListed', ['host', '10.0.0.5'], 'only the 2 entries'],
  ['onlyListed', [], 'no computer may connect'],
] as const)('connections: %s %j', async (mode, list, text) => {
  const t = await areaTexts('en', 'accessTab');
  expect(connectionText(t, { 'access.connectionMode': mode, 'access.connectionList': list })).toContain(text);
});

const nowMs = Date.UTC(2030, 0, 1);
const certificate = { file: '/srv/relay.pem', subject: 'CN=relay', expiresAtMs: nowMs + 1, problem: null };

test.each([
  [null, 'No certificate is set up'],
  [certificate, 'CN=relay, valid until'],
  [{ ...certificate, expiresAtMs: nowMs }, 'CN=relay, expired on'],
  [{ ...certificate, subject: null, expiresAtMs: null, problem: 'It is empty.' }, 'cannot be used. It is empty.'],
])('the certificate %o', async (status, text) => {
  expect(certificateText(await areaTexts('en', 'accessTab'), 'en', status, nowMs)).toContain(text);
});

const entry = { name: 'ca01', password: 'secret', confirmation: 'secret' };

test.each([
  [entry, null],
  [{ ...entry, name: ' ' }, 'name'],
  [{ ...entry, name: 'ca:01' }, 'name'],
  [{ ...entry, name: 'CA02' }, 'duplicate'],
  [{ ...entry, password: '', confirmation: '' }, 'noPassword'],
  [{ ...entry, confirmation: 'Secret' }, 'different'],
])('the user %o has the problem %s', (user, problem) => {
  expect(userProblem(user, ['ca02'])).toBe(problem);
});
