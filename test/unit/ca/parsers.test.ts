import { expect, test } from 'vitest';
import { decodeOemText, sameThroughOemText } from '../../../electron/base/oem-text.ts';
import { parseFailures } from '../../../electron/ca/event-log.ts';
import { parseCertutil } from '../../../electron/ca/parse-certutil.ts';
import { parseRegQuery } from '../../../electron/ca/parse-reg-query.ts';
import { dataOf, keyAt } from '../../../electron/ca/registry-keys.ts';
import { errorCodeOf, errorKindOf } from '../../../electron/ca/windows-error.ts';
import { certutilOutputs, configuration, regQueryOutput } from './outputs.ts';

const exit = (ca: string): string =>
  `${configuration}\\${ca}\\ExitModules\\CertificateAuthority_MicrosoftDefault.Exit\\SMTP`;
const english = exit('Example Corp Issuing CA 1');
const german = exit('Musterger!00e4te Ausstellende CA 2');

test('an SMTP key that is not configured', () => {
  expect(parseCertutil(certutilOutputs.notConfigured)).toEqual([
    {
      path: english,
      subkeys: ['CRLIssued', 'Shutdown', 'Startup', 'Templates'],
      values: [
        { name: 'SMTPServer', data: { type: 'REG_SZ', text: '' } },
        { name: 'SMTPAuthenticate', data: { type: 'REG_DWORD', number: 0 } },
        { name: 'EventFilter', data: { type: 'REG_DWORD', number: 0 } },
      ],
    },
  ]);
});

test('a mask is read as hexadecimal, its flags are no values', () => {
  const [listing] = parseCertutil(certutilOutputs.remoteGateway);
  expect(listing?.values).toEqual([
    { name: 'SMTPServer', data: { type: 'REG_SZ', text: 'mailgw.corp.example.com' } },
    { name: 'SMTPAuthenticate', data: { type: 'REG_DWORD', number: 1 } },
    { name: 'EventFilter', data: { type: 'REG_DWORD', number: 0xef } },
  ]);
});

test('German words and the flat layout', () => {
  const [listing] = parseCertutil(certutilOutputs.german);
  expect(listing?.path).toBe(german);
  expect(listing?.subkeys).toEqual(['CRLIssued', 'Denied', 'Issued', 'Pending', 'Revoked', 'Shutdown', 'Startup']);
  expect(listing?.values.at(-1)).toEqual({ name: 'EventFilter', data: { type: 'REG_DWORD', number: 0xe9 } });
});

test('the key of one event with its multi-strings', () => {
  const [listing] = parseCertutil(certutilOutputs.oneEvent);
  expect(listing?.path).toBe(`${english}\\CRLIssued`);
  expect(listing?.values.map(({ data }) => data)).toEqual([
    { type: 'REG_SZ', text: 'pki-ca01@corp.example.com' },
    { type: 'REG_SZ', text: 'pki-operations@corp.example.com' },
    { type: 'REG_SZ', text: 'A new CRL was issued by %1' },
    { type: 'REG_MULTI_SZ', lines: ['SanitizedCAName'] },
    { type: 'REG_MULTI_SZ', lines: ['A new CRL has been issued'] },
  ]);
});

test('single values, with the name of the value behind the path', () => {
  expect(parseCertutil(certutilOutputs.singleValues)).toEqual([
    { path: english, subkeys: [], values: [{ name: 'EventFilter', data: { type: 'REG_DWORD', number: 0x21 } }] },
    { path: english, subkeys: [], values: [{ name: 'SMTPServer', data: { type: 'REG_SZ', text: '127.0.0.1' } }] },
  ]);
});

test.each([
  ['English', certutilOutputs.setreg, english, 'mailgw.corp.example.com'],
  ['German', certutilOutputs.setregGerman, german, '10.20.30.40'],
])('-setreg in %s has the old value before the new one', (_, text, path, before) => {
  expect(parseCertutil(text)).toEqual([
    {
      path,
      subkeys: [],
      values: [
        { name: 'SMTPServer', data: { type: 'REG_SZ', text: before } },
        { name: 'SMTPServer', data: { type: 'REG_SZ', text: '127.0.0.1' } },
      ],
    },
  ]);
});

test.each([
  { exitCode: 0x80070002, stdout: '', code: '0x80070002', kind: 'notFound' },
  { exitCode: -2147024891, stdout: '', code: '0x80070005', kind: 'accessDenied' },
  { exitCode: 1, stdout: certutilOutputs.deniedGerman, code: '0x80070005', kind: 'accessDenied' },
  { exitCode: 1, stdout: certutilOutputs.notFound, code: '0x80070002', kind: 'notFound' },
  { exitCode: 5, stdout: '', code: '5', kind: 'accessDenied' },
  { exitCode: 1, stdout: '  Value REG_SZ = 0x80070005\nERROR: Access is denied.', code: '', kind: 'other' },
])('exit code $exitCode is $kind by its number', ({ exitCode, stdout, code, kind }) => {
  expect(errorCodeOf({ exitCode, stdout, stderr: '' })).toBe(code);
  expect(errorKindOf({ exitCode, stdout, stderr: '' })).toBe(kind);
});

test('reg.exe: keys, values and parts of a multi-string', () => {
  const keys = parseRegQuery(regQueryOutput);
  expect(keys.map(({ path }) => path.slice(english.length))).toEqual(['', '\\CRLIssued', '\\Templates']);
  const smtp = keyAt(keys, english.toLowerCase());
  expect(dataOf(smtp, 'eventfilter')).toEqual({ type: 'REG_DWORD', number: 0x21 });
  expect(dataOf(smtp, 'SMTPServer')).toEqual({ type: 'REG_SZ', text: '127.0.0.1' });
  const crl = keyAt(keys, `${english}\\CRLIssued`);
  expect(dataOf(crl, 'TitleFormat')).toEqual({ type: 'REG_SZ', text: 'Four    blanks    inside' });
  expect(dataOf(crl, 'BodyFormat')).toEqual({ type: 'REG_MULTI_SZ', lines: ['First', ' ', 'Third'] });
  expect(dataOf(crl, 'Cc')).toEqual({ type: 'REG_SZ', text: '' });
  expect(dataOf(crl, 'Odd')).toEqual({ type: 'other', name: 'REG_BINARY', text: '0A0B' });
});

test('what is neither key nor value is passed over', () => {
  expect(parseRegQuery('FEHLER: Zugriff verweigert\r\n    Name    REG_SZ    lost\r\n')).toEqual([]);
  expect(parseCertutil('  Values without a key REG_SZ = x\n')).toEqual([]);
});

test.each([
  [850, '\u{81}', 'ü'],
  [850, '\u{d5}', 'ı'],
  [858, '\u{d5}', '€'],
  [437, '\u{e1}', 'ß'],
  [850, '\u{e1}', 'ß'],
  [852, '\u{e1}', 'ß'],
  [866, '\u{80}', 'А'],
  [1252, '\u{fc}', 'ü'],
  [65001, '\u{c3}\u{bc}', 'ü'],
  [9999, '\u{81}', 'ü'],
])('code page %i: %j is %s', (codePage, bytes, text) => {
  expect(decodeOemText(bytes, codePage)).toBe(text);
});

test('a letter that the code page lacks may come back as another one, any other letter may not', () => {
  expect(sameThroughOemText('Über – alles', 'Über - alles', 850)).toBe(true);
  expect(sameThroughOemText('Über – alles', 'Uber - alles', 850)).toBe(false);
  expect(sameThroughOemText('–', '?', 65001)).toBe(false);
});

const event = (id: number, ...data: readonly string[]): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-CertificationAuthority'/><EventID Qualifiers='0'>${id}</EventID><TimeCreated SystemTime='2030-01-01T10:00:00.0000000Z'/></System><EventData>${data.map((text, index) => `<Data Name='param${index + 1}'>${text}</Data>`).join('')}</EventData></Event>\r\n`;

test('events of mail that failed are read from their fields', () => {
  const said =
    'The Certification Authority was unable to send an email notification for EXITEVENT_CERTISSUED to &lt;a@b.example&gt;.';
  const [first, second, ...rest] = parseFailures(
    event(46, 'Windows default', 'Notify', '0x80040213 (-2147220973)', said, 'The transport failed.') + event(45, 'x'),
  );
  expect(first).toEqual({
    atMs: Date.parse('2030-01-01T10:00:00Z'),
    eventId: 46,
    errorCode: '0x80040213',
    said: 'The Certification Authority was unable to send an email notification for EXITEVENT_CERTISSUED to <a@b.example>.',
  });
  expect(second).toMatchObject({ eventId: 45, errorCode: '', said: '' });
  expect(rest).toEqual([]);
  expect(parseFailures('')).toEqual([]);
});
