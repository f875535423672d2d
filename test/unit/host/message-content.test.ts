import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOfHtml } from '../../../electron/host/html-text.ts';
import { readMessageContent } from '../../../electron/host/message-content.ts';

const folder = join(import.meta.dirname, '../../fixtures/exit-module');
const fixture = (name: string): Buffer => readFileSync(join(folder, name));
const headerOf = (content: { headers: readonly { name: string; value: string }[] }, wanted: string) =>
  content.headers.find(({ name }) => name === wanted)?.value;
const message = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

describe('messages of a CA', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.eml')))('%s is readable as a whole', async (name) => {
    const content = await readMessageContent(fixture(name), true);
    expect(headerOf(content, 'From')).toContain('@');
    expect(headerOf(content, 'Subject')).toBeTruthy();
    expect(content.textTruncated).toBe(false);
    expect(content.attachments).toEqual([]);
    expect(content.text ?? '').not.toContain('\ufffd');
    if (name.startsWith('08')) expect((content.text ?? '').trim()).toBe('');
    else expect((content.text ?? '').trim().length).toBeGreaterThan(50);
  });

  test('encoded words and quoted-printable text are decoded', async () => {
    const content = await readMessageContent(fixture('02-issued-de-qp.eml'), true);
    expect(headerOf(content, 'Subject')).not.toContain('=?');
    expect(content.text).toMatch(/[äöüß]/);
  });

  test('raw 8-bit text comes out in the character set that it names', async () => {
    expect((await readMessageContent(fixture('05-revoked-de-8bit.eml'), true)).text).toMatch(/[äöüß]/);
  });
});

const alternative = (...parts: string[][]): Buffer =>
  message(
    'Content-Type: multipart/alternative; boundary=b',
    '',
    ...parts.flatMap((part) => ['--b', ...part]),
    '--b--',
    '',
  );

test('the plain part is shown, not the HTML beside it', async () => {
  const content = await readMessageContent(
    alternative(['Content-Type: text/plain', '', 'plain'], ['Content-Type: text/html', '', '<p>rich</p>']),
    true,
  );
  expect(content.text?.trim()).toBe('plain');
});

test('HTML alone is shown as its words', async () => {
  const hostile =
    '<html><head><title>t</title><style>p{}</style></head><body onload="steal()"><p>Hello <b>you</b></p>' +
    '<script>alert(1)</script><img src="https://evil.example/x.png" onerror="steal()"><a href="javascript:steal()">click</a></body>';
  const { text } = await readMessageContent(message('Content-Type: text/html', '', hostile), true);
  expect(text).toBe('Hello you\nclick');
});

test('attachments are named and measured', async () => {
  const content = await readMessageContent(
    message(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'see below',
      '--b',
      'Content-Type: application/pkix-cert; name="zertifikat.cer"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="=?utf-8?q?gepr=C3=BCft.cer?="',
      '',
      'QUJDRA==',
      '--b--',
      '',
    ),
    true,
  );
  expect(content.attachments).toEqual([{ name: 'geprüft.cer', contentType: 'application/pkix-cert', sizeBytes: 4 }]);
});

test.each([
  { title: 'more text than anybody reads', bytes: message('Subject: s', '', 'x'.repeat(300_000)), complete: true },
  {
    title: 'more lines',
    bytes: message('Subject: s', '', ...Array.from({ length: 6_000 }, () => 'x')),
    complete: true,
  },
  { title: 'only the beginning', bytes: message('Subject: s', '', 'x'), complete: false },
])('$title: said to be cut', async ({ bytes, complete }) => {
  const content = await readMessageContent(bytes, complete);
  expect(content.textTruncated).toBe(true);
  expect(headerOf(content, 'Subject')).toBe('s');
});

test.each([
  {
    title: 'parts without end',
    bytes: message(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from({ length: 50_000 }, () => '--b\r\n\r\nx'),
    ),
  },
  {
    title: 'parts in parts',
    bytes: message(
      ...Array.from({ length: 400 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}`),
    ),
  },
  { title: 'a header without end', bytes: message(`X: ${'x'.repeat(1_000_000)}`, '', 'text') },
  {
    title: 'messages in messages',
    bytes: message(...Array.from({ length: 400 }, () => 'Content-Type: message/rfc822\r\n'), 'x'),
  },
  { title: 'nothing', bytes: Buffer.alloc(0) },
])('hostile: $title', async ({ bytes }) => {
  const content = await readMessageContent(bytes, true);
  expect(content.attachments.length).toBeLessThanOrEqual(500);
  expect(JSON.stringify(content).length).toBeLessThan(1_500_000);
});

test('any bytes give an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      expect(await readMessageContent(Buffer.from(bytes), true)).toBeDefined();
    }),
  );
});

test.each([
  { html: 'a &lt;b&gt; &amp;amp; &#228;&#xdf;&uuml;', text: 'a <b> &amp; äßü' },
  { html: 'one<br>two<p>three</p><p>four</p>', text: 'one\ntwo\nthree\n\nfour' },
  { html: '<table><tr><td>a</td><td>b</td></tr></table>', text: 'a b' },
  { html: 'a < b', text: 'a < b' },
  { html: 'shown<!-- hidden --> too', text: 'shown too' },
  { html: 'shown<!-- never closed', text: 'shown' },
  { html: 'shown<SCRIPT>never closed', text: 'shown' },
  { html: '&#0;&#27;&#99999999;', text: '&#99999999;' },
])('$html', ({ html, text }) => {
  expect(textOfHtml(html)).toBe(text);
});

test('any text, written as HTML, comes back as it was', () => {
  const asHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('b', 'a href="x"', 'span onclick="y"', 'script-x'), (text, tag) => {
      const words = text.replaceAll(/\s+/g, ' ').trim();
      expect(textOfHtml(`<${tag}>${asHtml(text)}</${tag.split(' ')[0]}>`)).toBe(words);
    }),
  );
});
