import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { NotConvertible } from '../../../electron/delivery/eight-bit.ts';
import { convertMessage, planConversion, type Wanted } from '../../../electron/delivery/seven-bit-conversion.ts';

async function* pieces(bytes: Buffer, sizeBytes: number): AsyncGenerator<Buffer, void> {
  for (let start = 0; start < bytes.length; start += sizeBytes) yield bytes.subarray(start, start + sizeBytes);
}

const all: Wanted = { heads: true, bodies: true };

const convert = async (message: string | Buffer, wanted = all, pieceBytes = 7): Promise<Buffer> => {
  const bytes = Buffer.from(message);
  const plan = await planConversion(pieces(bytes, pieceBytes), wanted);
  const chunks: Buffer[] = [];
  for await (const chunk of convertMessage(pieces(bytes, pieceBytes), plan)) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const converted = async (message: string | Buffer, wanted = all): Promise<string> =>
  (await convert(message, wanted)).toString('latin1');
const lines = (...text: readonly string[]): string => `${text.join('\r\n')}\r\n`;

test('a text beyond ASCII becomes quoted-printable', async () => {
  expect(
    await converted(
      lines(
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'a = ü ',
        '',
        '.',
      ),
    ),
  ).toBe(
    lines(
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'a =3D =C3=BC=20',
      '',
      '.',
    ),
  );
});

test.each([
  { what: 'UTF-8', body: Buffer.from('ü\r\n'), charset: 'utf-8', encoded: '=C3=BC' },
  { what: 'something else', body: Buffer.from('\xfc\r\n', 'latin1'), charset: 'windows-1252', encoded: '=FC' },
])('a message without MIME gets what a reader needs: $what', async ({ body, charset, encoded }) => {
  const message = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), body]);
  expect(await converted(message)).toBe(
    lines(
      'Subject: x',
      'MIME-Version: 1.0',
      `Content-Type: text/plain; charset=${charset}`,
      'Content-Transfer-Encoding: quoted-printable',
      '',
      encoded,
    ),
  );
});

const nested = lines(
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed;',
  '\tboundary="outer =_1"',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Für niemanden',
  '--outer =_1',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Grüße',
  '--outer =_1  ',
  'Content-Type: application/octet-stream; name="a.bin"',
  'Content-Transfer-Encoding: base64',
  'Content-Disposition: attachment; filename="a.bin"',
  '',
  'AAEC/w==',
  '--outer =_1',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain',
  'Content-Transfer-Encoding: 8bit',
  '',
  'ASCII  ',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  '<p title="x">ä</p>',
  '--outer =_1',
  'Content-Type: message/rfc822',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Subject: innen',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 8bit',
  '',
  'Käse',
  '--outer =_1--',
  'Ende für niemanden',
);

test('parts are converted where they have to be, all else keeps its octets', async () => {
  expect(await converted(nested)).toBe(
    lines(
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed;',
      '\tboundary="outer =_1"',
      'Content-Transfer-Encoding: 7bit',
      '',
      'F??r niemanden',
      '--outer =_1',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Gr=C3=BC=C3=9Fe',
      '--outer =_1  ',
      'Content-Type: application/octet-stream; name="a.bin"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="a.bin"',
      '',
      'AAEC/w==',
      '--outer =_1',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: 7bit',
      '',
      'ASCII  ',
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<p title=3D"x">=C3=A4</p>',
      '--outer =_1',
      'Content-Type: message/rfc822',
      'Content-Transfer-Encoding: 7bit',
      '',
      'Subject: innen',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'K=C3=A4se',
      '--outer =_1--',
      'Ende f??r niemanden',
    ),
  );
});

test('a message in ASCII needs no conversion', async () => {
  const message = Buffer.from(lines('Subject: x', '', '--', 'text'));
  expect(await planConversion(pieces(message, 5), all)).toMatchObject({ needed: false });
});

test('headers alone: bodies keep their eight bits', async () => {
  const message = lines('Subject: ü', 'Content-Transfer-Encoding: 8bit', '', 'ü');
  const result = await convert(message, { heads: true, bodies: false });
  expect(result.toString()).toBe(lines('Subject: =?UTF-8?Q?=C3=BC?=', 'Content-Transfer-Encoding: 8bit', '', 'ü'));
});

const signedWith = (body: string): string =>
  lines(
    'Subject: Gruß',
    'Content-Type: multipart/signed; boundary=b; protocol="application/pgp-signature"',
    'Content-Transfer-Encoding: 8bit',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    body,
    '--b--',
  );

test('what is signed keeps every octet, its outer header does not', async () => {
  expect(await converted(signedWith('ASCII'))).toBe(
    signedWith('ASCII').replace('Gruß', '=?UTF-8?Q?Gru=C3=9F?=').replace('8bit', '7bit'),
  );
});

test.each([
  { what: 'a signed text', message: signedWith('ü'), enhanced: '5.6.3' },
  {
    what: 'an encrypted message',
    message: lines(
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data',
      'Content-Transfer-Encoding: 8bit',
      '',
      'ü',
    ),
    enhanced: '5.6.3',
  },
  {
    what: 'a message inside a signed one',
    message: lines(
      'Content-Type: multipart/signed; boundary=b',
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Subject: x',
      '',
      'ü',
      '--b--',
    ),
    enhanced: '5.6.3',
  },
  { what: 'base64 that is none', message: lines('Content-Transfer-Encoding: base64', '', 'ü'), enhanced: '5.6.3' },
  { what: 'an unknown encoding', message: lines('Content-Transfer-Encoding: x-uuencode', '', 'ü'), enhanced: '5.6.3' },
  { what: 'an address beyond ASCII', message: lines('From: ü@example.org', '', 'x'), enhanced: '5.6.7' },
  {
    what: 'a signed header',
    message: lines('Content-Type: multipart/signed; boundary=b', '', '--b', 'Content-Description: ü', '', 'x', '--b--'),
    enhanced: '5.6.7',
  },
  { what: 'a header without end', message: `${'X: y\r\n'.repeat(200_000)}\r\nü`, enhanced: '5.6.3' },
  {
    what: 'parts without end',
    message: `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\n'.repeat(10_001)}ü`,
    enhanced: '5.6.3',
  },
])('$what cannot be converted ($enhanced)', async ({ message, enhanced }) => {
  const failure = await convert(message, all, 65_536).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotConvertible);
  expect(failure).toMatchObject({ enhanced });
});

test('a very long line is wrapped and reads the same', async () => {
  const text = 'ü'.repeat(50_000);
  const result = await convert(lines('Content-Type: text/plain; charset=utf-8', '', text), all, 65_536);
  for (const line of result.toString('latin1').split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
  expect((await PostalMime.parse(result)).text?.trimEnd()).toBe(text);
});

test('whatever a body holds, it decodes to the same octets', async () => {
  const octet = fc.constantFrom(0x00, 0x09, 0x20, 0x2e, 0x3d, 0x41, 0x7f, 0x80, 0xc3, 0xbc, 0xff);
  const line = fc.array(octet, { maxLength: 120 }).map((octets) => Buffer.from(octets));
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 10 }),
      fc.integer({ min: 1, max: 50 }),
      async (body, size) => {
        const head = lines('Content-Type: application/octet-stream', 'Content-Transfer-Encoding: 8bit', '');
        const bytes = Buffer.concat(body.flatMap((text) => [text, Buffer.from('\r\n')]));
        const result = await convert(Buffer.concat([Buffer.from(head), bytes]), all, size);
        expect(result.every((value) => value < 0x80)).toBe(true);
        const encoded = result.subarray(result.indexOf('\r\n\r\n') + 4).toString('latin1');
        const isEncoded = result.includes('quoted-printable');
        expect((isEncoded ? decodeQuotedPrintable(encoded) : Buffer.from(encoded, 'latin1')).equals(bytes)).toBe(true);
      },
    ),
  );
});

const decodeQuotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
