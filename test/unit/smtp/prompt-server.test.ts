import { createHash } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection';
import { expect, test } from 'vitest';
import { PromptConnection, PromptServer } from '../../../electron/smtp/prompt-server.ts';

const digest = (method: unknown): string => createHash('sha256').update(String(method)).digest('hex').slice(0, 16);

/**
 * The library's own methods as they were read when ours were written. When this fails after an update: read what changed,
 * carry over what matters to prompt-server.ts, then put the new value here.
 */
test.each([
  { name: 'SMTPConnection.init', method: SMTPConnection.prototype.init, known: '1265a7d7ca8f5510' },
  { name: 'SMTPConnection.send', method: SMTPConnection.prototype.send, known: 'c33568c0111a58b2' },
  { name: 'SMTPConnection.close', method: SMTPConnection.prototype.close, known: '4b80aaabd134a732' },
  {
    name: 'SMTPConnection.connectionReady',
    method: SMTPConnection.prototype.connectionReady,
    known: '361a2b1de88fbf67',
  },
  { name: 'SMTPConnection.handler_DATA', method: SMTPConnection.prototype.handler_DATA, known: '9eceecf35f56cecd' },
  { name: 'SMTPServer.connect', method: SMTPServer.prototype.connect, known: '9818ea13a1c36459' },
])('$name is the one that was overridden or relied on', ({ method, known }) => {
  expect(digest(method)).toBe(known);
});

test('nothing else of the library is overridden', () => {
  const own = (prototype: object): string[] =>
    Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  expect(own(PromptConnection.prototype)).toEqual(['init', 'send']);
  expect(own(PromptServer.prototype)).toEqual(['connect']);
});
