import { expect, test } from 'vitest';
import { bindProblem, planSockets, tlsListenerProblem } from '../../../electron/smtp/listen.ts';
import { formatEndpoint, parseEndpoint } from '../../../shared/settings/address.ts';
import { FakeCertificate } from '../../fakes/fake-certificate.ts';
import { relayCertificate } from '../../fakes/test-certificates.ts';

test.each([
  { entries: ['127.0.0.1:25', '[::1]:25'], sockets: ['127.0.0.1:25', '[::1]:25'] },
  { entries: ['127.0.0.1:25', '*:25', '[::1]:587'], sockets: ['*:25', '*:25', '[::1]:587'] },
  { entries: ['127.0.0.1:25', '127.0.0.1:25'], sockets: ['127.0.0.1:25'] },
])('$entries are served by $sockets', ({ entries, sockets }) => {
  expect([...planSockets(entries).values()].map(formatEndpoint)).toEqual(sockets);
});

const systemError = (code: string): Error => Object.assign(new Error(`listen ${code}`), { code });

test.each([
  {
    error: systemError('EADDRINUSE'),
    entry: '127.0.0.1:25',
    code: 'addressInUse',
    words: 'Another program listens on 127.0.0.1:25',
  },
  {
    error: systemError('EADDRNOTAVAIL'),
    entry: '192.0.2.1:25',
    code: 'addressNotAvailable',
    words: 'does not have the address 192.0.2.1.',
  },
  {
    error: systemError('EADDRNOTAVAIL'),
    entry: '[::1]:25',
    code: 'addressNotAvailable',
    words: 'IPv6 is switched off',
  },
  { error: systemError('EAFNOSUPPORT'), entry: '[::1]:25', code: 'addressNotAvailable', words: 'IPv6 is switched off' },
  {
    error: systemError('EACCES'),
    entry: '127.0.0.1:25',
    code: 'portNotAllowed',
    words: 'may not listen on 127.0.0.1:25',
  },
  { error: systemError('EMFILE'), entry: '127.0.0.1:25', code: 'notPossible', words: 'EMFILE' },
  { error: 'nonsense', entry: '127.0.0.1:25', code: 'notPossible', words: 'unknown error' },
])('$error on $entry is $code', ({ error, entry, code, words }) => {
  const found = bindProblem(error, entry);
  expect(found).toMatchObject({ code, field: 'general.listen', parameters: { endpoint: entry } });
  expect(found.message).toContain(words);
});

test.each([
  { entry: '127.0.0.1:465', plain: ['127.0.0.1:25', '[::1]:465'], code: null },
  { entry: '127.0.0.1:465', plain: ['127.0.0.1:465'], code: 'addressInUse' },
  { entry: '127.0.0.1:465', plain: ['*:465'], code: 'addressInUse' },
  { entry: '*:465', plain: ['[::1]:465'], code: 'addressInUse' },
])('implicit TLS on $entry beside $plain: $code', ({ entry, plain, code }) => {
  const certificate = new FakeCertificate();
  certificate.use(relayCertificate);
  const endpoint = parseEndpoint(entry);
  if (endpoint === null) throw new Error(entry);
  const found = tlsListenerProblem(entry, endpoint, planSockets(plain).values(), certificate);
  expect(found?.code ?? null).toBe(code);
  if (found !== null) expect(found).toMatchObject({ field: 'general.listenTls', parameters: { endpoint: entry } });
});

test('the field of a problem is the setting the endpoint stands in', () => {
  expect(bindProblem(systemError('EADDRINUSE'), '127.0.0.1:465', 'general.listenTls').field).toBe('general.listenTls');
});
