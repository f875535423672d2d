import { expect, test } from 'vitest';
import { greetingName, testMail } from '../../../electron/ca/test-mail.ts';
import { readableCaName } from '../../../shared/exit-module/ca-name.ts';
import { hasExitEvent, unknownExitEvents } from '../../../shared/exit-module/exit-events.ts';
import { previewMail, previewProperties } from '../../../shared/exit-module/mail-preview.ts';

const facts = { caName: 'Musterger!00e4te CA', computerName: 'ca01.example.com' };

test('numbers in a text are the values of its arguments', () => {
  const preview = previewMail(
    {
      titleFormat: '%1: request %2, 100%%, %3',
      titleArguments: ['sanitizedcaname', ' Request.RequestID '],
      bodyFormat: ['Requester %1', '', 'Unknown %2, none %12'],
      bodyArguments: ['Request.RequesterName', 'No.Such.Column'],
    },
    facts,
  );
  expect(preview.subject).toBe('Musterger!00e4te CA: request 4711, 100%, ???');
  expect(preview.body).toBe('Requester CORP\\ERIKA.SAMPLE\n\nUnknown ???, none ???');
});

test('names of properties can be chosen from', () => {
  expect(previewProperties()).toContain('MachineDNSName');
});

test.each([
  ['Musterger!00e4te CA', 'Mustergeräte CA'],
  ['Plain CA 1', 'Plain CA 1'],
  ['Odd ! name', 'Odd ! name'],
])('%s is %s', (sanitised, readable) => {
  expect(readableCaName(sanitised)).toBe(readable);
});

test('bits of events', () => {
  expect(hasExitEvent(0x21, 'crlIssued')).toBe(true);
  expect(hasExitEvent(0x21, 'startup')).toBe(false);
  expect(unknownExitEvents(0x800005ff)).toBe(0x80000500);
});

test('the test mail is a mail, its subject encoded in whole letters', () => {
  const bytes = testMail({
    from: 'a@b.example',
    to: ['c@d.example', 'e@f.example'],
    subject: `Test der Mail von ${'ä'.repeat(40)}`,
    body: 'Grüße\n.',
    computerName: 'ca01.example.com',
    nowMs: 0,
    token: 't',
  });
  const [head = '', body] = bytes.toString('utf8').split('\r\n\r\n');
  expect(body).toBe('Grüße\r\n.\r\n');
  expect(head).toContain('Content-Transfer-Encoding: 8bit');
  expect(head).toContain('Date: Thu, 01 Jan 1970 00:00:00 +0000');
  const words = [...head.matchAll(/=\?utf-8\?B\?([^?]+)\?=/g)].map(([whole, word = '']) => {
    expect(whole.length).toBeLessThanOrEqual(75);
    return Buffer.from(word, 'base64').toString('utf8');
  });
  expect(words.length).toBeGreaterThan(1);
  expect(words.join('')).toBe(`Test der Mail von ${'ä'.repeat(40)}`);
  expect(greetingName('ca01.example.com')).toBe('CA01');
});
