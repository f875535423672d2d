import type { PeerCertificate } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { certificateFailure } from '../../../../electron/delivery/certificate-failure.ts';
import { formatFailure } from '../../../../electron/delivery/failure.ts';
import {
  type ConversationError,
  openingFailure,
  transactionFailure,
} from '../../../../electron/delivery/reply-class.ts';
import { relayFileSentences } from '../../../../shared/texts/de/relay-file-sentences.ts';
import { relaySentences } from '../../../../shared/texts/de/relay-sentences.ts';
import { relaySentence } from '../../../../shared/texts/relay-sentence.ts';

const host = 'mail.example.org [192.0.2.25]:25';
const german = (text: string): string => relaySentence('de', text);
const opening = (error: ConversationError, stage: 'connect' | 'greeting' | 'tls' = 'connect'): string =>
  german(formatFailure(openingFailure(error, host, stage)));

/** What is said about a lost connection, by the code below it: as delivery makes it, so that a changed word is noticed. */
test.each([
  ['ECONNREFUSED', 'dort lauscht nichts, die Verbindung wurde abgelehnt'],
  ['ECONNRESET', 'die Verbindung wurde zurückgesetzt'],
  ['EPIPE', 'die Verbindung wurde geschlossen'],
  ['EHOSTUNREACH', 'es gibt keinen Weg zu diesem Computer'],
  ['EHOSTDOWN', 'der Computer ist nicht in Betrieb'],
  ['ENETUNREACH', 'es gibt keinen Weg zu diesem Netz'],
  ['EACCES', 'eine Firewall dieses Computers verbietet die Verbindung'],
  ['ETIMEDOUT', 'keine Antwort innerhalb der Frist'],
])('%s in German', (originalCode, said) => {
  expect(opening({ message: 'x', originalCode })).toBe(`${host}: ${said}.`);
  expect(opening({ message: 'x', originalCode }, 'tls')).toBe(`${host}: der TLS-Handshake schlug fehl, ${said}.`);
  const lost = transactionFailure({ message: 'x', originalCode, command: 'CONN' }, [], false);
  expect(german(lost.failure.text)).toBe(`${said.charAt(0).toUpperCase()}${said.slice(1)}.`);
  const unconfirmed = transactionFailure({ message: 'x', originalCode, command: 'CONN' }, [], true);
  expect(german(unconfirmed.failure.text)).toBe(
    `Der Server hat die Nachricht nicht bestätigt (${said}). Sie kann zugestellt worden sein.`,
  );
});

test.each([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_REVOKED',
  'INVALID_PURPOSE',
  'CERT_SIGNATURE_FAILURE',
])('a certificate that is %s in German', (code) => {
  const certificate = { valid_to: 'Jan 1 2026', valid_from: 'Jan 1 2026', subjectaltname: 'DNS:a.example.org' };
  const reason = certificateFailure(code, 'mail.example.org', certificate as PeerCertificate);
  expect(german(`${host}: ${reason}.`)).toMatch(/^mail\.example\.org \[192\.0\.2\.25\]:25: das Zertifikat .*\.$/);
});

describe('words of other servers stay as they are', () => {
  test.each(['550 5.1.1 The message was deleted by the administrator.', '451 Greylisted', 'Not known at all.', ''])(
    '%s',
    (text) => expect(german(text)).toBe(text),
  );

  test('also inside a sentence of ours', () => {
    expect(german('Not delivered in time; the last answer was: 450 4.2.1 no answer in time')).toBe(
      'Nicht rechtzeitig zugestellt; die letzte Antwort war: 450 4.2.1 no answer in time',
    );
    expect(german(`535 5.7.8 ${host} did not accept the login of relay: Bad credentials`)).toBe(
      `535 5.7.8 ${host} hat die Anmeldung von relay nicht angenommen: Bad credentials`,
    );
  });
});

test('a sentence inside a sentence is said in German as well', () => {
  expect(
    german(
      'It could not be delivered, and without a sender address it could not be returned. pki@example.org: The domain example.org does not accept mail (null MX).',
    ),
  ).toBe(
    'Sie konnte nicht zugestellt und ohne Absenderadresse nicht zurückgesendet werden. pki@example.org: Die Domäne example.org nimmt keine E-Mail an (leerer MX-Eintrag).',
  );
});

test('in English, and in a language that is not known, nothing changes', () => {
  expect(relaySentence('en', 'No answer in time.')).toBe('No answer in time.');
  expect(relaySentence('fr', 'No answer in time.')).toBe('No answer in time.');
});

test.each([...relaySentences, ...relayFileSentences])('%s has the same values in German', (english, translated) => {
  const names = (text: string): string[] => (text.match(/\{[a-z]+!?\}/g) ?? []).toSorted();
  expect(names(translated)).toEqual(names(english));
  const sample = english.replaceAll(/\{[a-z]+!?\}/g, 'VALUE');
  expect(german(sample)).toBe(translated.replaceAll(/\{[a-z]+!?\}/g, 'VALUE'));
});
