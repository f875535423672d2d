import { expect, test } from 'vitest';
import { checkTransactionLine } from '../../../electron/smtp/parameters.ts';
import { replies } from '../../../electron/smtp/replies.ts';

const check = (line: string, terms: Partial<Parameters<typeof checkTransactionLine>[1]> = {}) =>
  checkTransactionLine(line, { extended: true, defaultDomain: '', ...terms });

test.each([
  'MAIL FROM:<a@b>',
  'mail from:<a@b>',
  'MAIL FROM: <a@b>   SIZE=1  ',
  'MAIL FROM:<> BODY=8BITMIME',
  'MAIL FROM:<a@b> SMTPUTF8',
  'MAIL FROM:<a@b> size=1 ret=hdrs',
  'MAIL FROM:<a@b> AUTH=<>',
  'MAIL FROM:<a@b> AUTH=e+3Dmc2@example.com',
  `MAIL FROM:<a@b> ENVID=${'x'.repeat(100)}`,
  'RCPT TO:<c@d> NOTIFY=NEVER',
  'RCPT TO:<c@d> ORCPT=rfc822;c+2Bd@e',
  'RCPT TO:<c@d> ORCPT=utf-8;\xc3\xbc@example.org',
  'RCPT TO:<@relay,@other:c@d>',
  // Left to the library, which refuses them.
  'MAIL FROM:a@b',
  'MAIL TO:<a@b> X=1',
  'MAIL  FROM:<a@b> X=1',
  'MAIL FROM:<a b@c> X=1',
  'MAIL FROM:<a@b>X=1',
  'MAIL',
])('%s passes as it is', (line) => {
  expect(check(line)).toBe(line);
});

test.each([
  { line: 'MAIL FROM:<a@b> X=1', reply: replies.unknownParameter },
  { line: 'MAIL FROM:<a@b> SIZE=1 REQUIRETLS', reply: replies.unknownParameter },
  { line: 'MAIL FROM:<a@b> ORCPT=rfc822;c@d', reply: replies.unknownParameter },
  { line: 'RCPT TO:<a@b> RET=FULL', reply: replies.unknownParameter },
  { line: 'MAIL FROM:<a@b> ?', reply: replies.badParameter },
  { line: 'MAIL FROM:<a@b> =', reply: replies.badParameter },
  { line: 'MAIL FROM:<a@b> ENVID=a=b', reply: replies.badParameter },
  { line: 'MAIL FROM:<a@b> ENVID=a+2', reply: replies.badParameter },
  { line: 'MAIL FROM:<a@b> ENVID=a+2b', reply: replies.badParameter },
  { line: `MAIL FROM:<a@b> ENVID=${'x'.repeat(101)}`, reply: replies.badParameter },
  { line: 'MAIL FROM:<a@b> AUTH=a=b', reply: replies.badParameter },
  { line: 'RCPT TO:<c@d> ORCPT=;c@d', reply: replies.badParameter },
  { line: 'RCPT TO:<c@d> ORCPT=rfc822;', reply: replies.badParameter },
  { line: 'RCPT TO:<c@d> ORCPT=rfc822;\xc3\xbc@d', reply: replies.badParameter },
  { line: `RCPT TO:<c@d> ORCPT=rfc822;${'x'.repeat(500)}`, reply: replies.badParameter },
])('$line is refused', ({ line, reply }) => {
  expect(check(line)).toBe(reply);
});

test('without EHLO there are no parameters', () => {
  expect(check('MAIL FROM:<a@b> SIZE=1', { extended: false })).toBe(replies.unknownParameter);
  expect(check('MAIL FROM:<a@b> ', { extended: false })).toBe('MAIL FROM:<a@b> ');
});

test.each([
  { line: 'MAIL FROM:<a>', completed: 'MAIL FROM:<a@ca.example>' },
  { line: 'mail from: <a> SIZE=1 RET=FULL', completed: 'mail from: <a@ca.example> SIZE=1 RET=FULL' },
  { line: 'RCPT TO:<Operators>', completed: 'RCPT TO:<Operators@ca.example>' },
  { line: 'RCPT TO:<POSTMASTER>', completed: 'RCPT TO:<postmaster@ca.example>' },
  { line: 'MAIL FROM:<>', completed: 'MAIL FROM:<>' },
  { line: 'RCPT TO:<a@b>', completed: 'RCPT TO:<a@b>' },
])('with a default domain, $line becomes $completed', ({ line, completed }) => {
  expect(check(line, { defaultDomain: 'ca.example' })).toBe(completed);
});

test('without one, only the postmaster is known, and has no mailbox', () => {
  expect(check('RCPT TO:<Postmaster>')).toBe(replies.noPostmaster);
  expect(check('RCPT TO:<a>')).toBe('RCPT TO:<a>'); // the library refuses it
  expect(check('MAIL FROM:<postmaster>')).toBe('MAIL FROM:<postmaster>');
});
