import { expect, test } from 'vitest';
import { createConsoleAdmission } from '../../../electron/host/console-admission.ts';
import {
  type ConsoleRequest,
  judgeConsoleRequest,
  mayOpenSocket,
  sessionCookie,
} from '../../../electron/host/console-request.ts';

const port = 4711;
const admission = createConsoleAdmission();
const session = admission.exchange(admission.token) ?? '';
const cookie = sessionCookie(port, session).split(';')[0];
const ours = 'http://127.0.0.1:4711';
const base: ConsoleRequest = { method: 'GET', target: '/', host: '127.0.0.1:4711', origin: undefined, cookie };
const judge = (request: Partial<ConsoleRequest>) => judgeConsoleRequest({ ...base, ...request }, port, admission);

test.each([
  { title: 'the page', request: {}, verdict: { type: 'serve', path: '/' } },
  { title: 'a file', request: { target: '/assets/a%20b.js?v=1' }, verdict: { type: 'serve', path: '/assets/a b.js' } },
  { title: 'our own origin', request: { origin: ours }, verdict: { type: 'serve', path: '/' } },
  { title: 'a token of somebody known', request: { target: '/?token=x' }, verdict: { type: 'redirect' } },
  { title: 'no cookie', request: { cookie: undefined }, verdict: { type: 'refuse', status: 403, stale: true } },
  {
    title: 'no cookie, a file',
    request: { cookie: undefined, target: '/a.js' },
    verdict: { type: 'refuse', stale: false },
  },
  { title: 'a wrong cookie', request: { cookie: `smtp-relay-console-${port}=x` }, verdict: { type: 'refuse' } },
  { title: 'an empty cookie', request: { cookie: `smtp-relay-console-${port}=` }, verdict: { type: 'refuse' } },
  {
    title: 'the cookie of another port',
    request: { cookie: `smtp-relay-console-4712=${session}` },
    verdict: { type: 'refuse' },
  },
  {
    title: 'a wrong token',
    request: { cookie: undefined, target: '/?token=x' },
    verdict: { type: 'refuse', status: 403, stale: true },
  },
  { title: 'an empty token', request: { cookie: undefined, target: '/?token=' }, verdict: { type: 'refuse' } },
  {
    title: 'another name for this address',
    request: { host: 'evil.example:4711' },
    verdict: { type: 'refuse', stale: false },
  },
  { title: 'another port', request: { host: '127.0.0.1:80' }, verdict: { type: 'refuse' } },
  { title: 'no host', request: { host: undefined }, verdict: { type: 'refuse' } },
  {
    title: 'a page of elsewhere',
    request: { origin: 'https://evil.example' },
    verdict: { type: 'refuse', stale: false },
  },
  { title: 'a page without origin', request: { origin: 'null' }, verdict: { type: 'refuse' } },
  { title: 'a POST', request: { method: 'POST' }, verdict: { type: 'refuse', status: 405 } },
  { title: 'the proxy form', request: { target: 'http://127.0.0.1:4711/' }, verdict: { type: 'refuse', status: 400 } },
  { title: 'broken escapes', request: { target: '/%zz' }, verdict: { type: 'refuse', status: 400 } },
])('$title: $verdict.type', ({ request, verdict }) => {
  expect(judge(request)).toMatchObject(verdict);
});

test('a token opens one session, and is dead then', () => {
  const fresh = createConsoleAdmission();
  const { token } = fresh;
  const request = { ...base, cookie: undefined, target: `/?token=${token}` };
  expect(judgeConsoleRequest({ ...request, method: 'HEAD' }, port, fresh)).toMatchObject({ type: 'refuse' });
  expect(judgeConsoleRequest(request, port, fresh)).toMatchObject({ type: 'open', session: expect.any(String) });
  expect(judgeConsoleRequest(request, port, fresh)).toMatchObject({ type: 'refuse', stale: true });
  expect(fresh.token).not.toBe(token);
});

test('a wrong token does not use up the right one', () => {
  const fresh = createConsoleAdmission();
  const { token } = fresh;
  expect(fresh.exchange('wrong')).toBeNull();
  expect(fresh.token).toBe(token);
});

test('sessions are bounded: the oldest ends', () => {
  const fresh = createConsoleAdmission();
  const sessions = Array.from({ length: 33 }, () => fresh.exchange(fresh.token) ?? '');
  expect(sessions.map((each) => fresh.knows(each))).toEqual([false, ...Array.from({ length: 32 }, () => true)]);
});

test.each([
  { title: 'our page with its cookie', request: { origin: ours }, may: true },
  { title: 'without a cookie', request: { origin: ours, cookie: undefined }, may: false },
  { title: 'without an origin', request: {}, may: false },
  { title: 'from another page', request: { origin: 'http://127.0.0.1:4712' }, may: false },
  { title: 'under another name', request: { origin: ours, host: 'evil.example:4711' }, may: false },
])('a socket $title: $may', ({ request, may }) => {
  expect(mayOpenSocket({ ...base, target: '/contract', ...request }, port, admission)).toBe(may);
});
