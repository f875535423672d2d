import { expect, test } from 'vitest';
import { bindProblem, planSockets } from '../../../electron/smtp/listen.ts';
import { formatEndpoint } from '../../../shared/settings/address.ts';

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
