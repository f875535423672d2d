import { createHash } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection';
import { SMTPStream } from 'smtp-server/lib/smtp-stream';
import { expect, test } from 'vitest';
import { CommandStream } from '../../../electron/smtp/command-stream.ts';
import { PromptConnection } from '../../../electron/smtp/prompt-connection.ts';
import { PromptServer } from '../../../electron/smtp/prompt-server.ts';

const digest = (method: unknown): string => createHash('sha256').update(String(method)).digest('hex').slice(0, 16);

/**
 * The library's own methods as they were read when ours were written. When this fails after an update: read what changed,
 * carry over what matters to prompt-server.ts, prompt-connection.ts or command-stream.ts, then put the new value here.
 */
test.each([
  { of: SMTPConnection, method: 'init', known: '1265a7d7ca8f5510' },
  { of: SMTPConnection, method: 'send', known: 'c33568c0111a58b2' },
  { of: SMTPConnection, method: '_createParser', known: '15ca8c360137e06a' },
  { of: SMTPConnection, method: '_onCommand', known: '41c8a1b7a32aa314' },
  { of: SMTPConnection, method: 'handler_EHLO', known: '42394b3ad94f3deb' },
  { of: SMTPConnection, method: 'handler_HELO', known: 'b95050ffd35b5d29' },
  { of: SMTPConnection, method: '_setListeners', known: 'cf07ab6f47db09ac' },
  { of: SMTPConnection, method: '_onTimeout', known: 'f21be62dd64b1dec' },
  { of: SMTPConnection, method: '_isDisabled', known: 'cc2032af5b084f2c' },
  { of: SMTPConnection, method: '_resetSession', known: '2bf7682ca13869a0' },
  { of: SMTPConnection, method: 'close', known: '4b80aaabd134a732' },
  { of: SMTPConnection, method: 'connectionReady', known: '361a2b1de88fbf67' },
  { of: SMTPConnection, method: 'handler_AUTH', known: '2533179c785e8329' },
  { of: SMTPConnection, method: 'handler_DATA', known: '9eceecf35f56cecd' },
  { of: SMTPConnection, method: 'handler_MAIL', known: 'a40618dd2e16f0fa' },
  { of: SMTPConnection, method: 'handler_RCPT', known: 'ef2acd7214eaa466' },
  { of: SMTPConnection, method: 'handler_STARTTLS', known: '54e8a7f36219f4c0' },
  { of: SMTPConnection, method: 'upgrade', known: '6a3fa8a3ee413745' },
  { of: SMTPServer, method: 'connect', known: '9818ea13a1c36459' },
  { of: SMTPServer, method: 'updateSecureContext', known: '643afa2b7bfe4d0d' },
  { of: SMTPServer, method: '_acceptSocket', known: 'f4c69396f94c5c50' },
  { of: SMTPServer, method: '_handleProxy', known: 'b52456c48b0458fe' },
  { of: SMTPServer, method: '_resolveSNI', known: '2552460a41b8377f' },
  { of: SMTPStream, method: '_write', known: 'a72635ce53e24b3a' },
  { of: SMTPStream, method: '_commandTooLong', known: '220e7cdf6e6dda23' },
  { of: SMTPStream, method: '_endDataMode', known: '7de0cf3d06716328' },
  { of: SMTPStream, method: 'continue', known: 'ce5856923c797749' },
  { of: SMTPStream, method: '_flushData', known: '84553453dd028d62' },
])('$of.name.$method is the one that was overridden or relied on', ({ of, method, known }) => {
  expect(digest(Object.getOwnPropertyDescriptor(of.prototype, method)?.value)).toBe(known);
});

test('nothing else of the library is overridden', () => {
  const own = (prototype: object): string[] =>
    Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  expect(own(PromptConnection.prototype)).toEqual([
    'init',
    'answer',
    'send',
    '_createParser',
    '_onCommand',
    'handler_EHLO',
    'handler_HELO',
    'upgrade',
    '_resetSession',
  ]);
  expect(own(PromptServer.prototype)).toEqual(['_handleProxy', 'updateSecureContext', 'connect']);
  expect(own(CommandStream.prototype)).toEqual(['oncommand', 'continue', '_write']);
});

test("the library's own certificate, whose key everybody knows, is nowhere in reach", () => {
  const server = new PromptServer({
    banner: '',
    newTerms: () => {
      throw new Error('not needed');
    },
    socketError: () => undefined,
  });
  expect([...server.secureContext]).toEqual([]);
  expect(JSON.stringify(server.options)).not.toContain('PRIVATE KEY');
  server.updateSecureContext();
  expect([...server.secureContext]).toEqual([]);
});
