/** What the relay says about certificates and about files of the Pickup and Badmail folders, in German; see relay-sentences.ts. */
import type { RelaySentence } from '../relay-sentence-type.ts';

const certificates: readonly RelaySentence[] = [
  ['No certificate is set up.', 'Es ist kein Zertifikat eingerichtet.'],
  [
    'Cannot listen on {endpoint} with implicit TLS without a usable certificate. {reason!}',
    'Auf {endpoint} kann ohne verwendbares Zertifikat nicht mit implizitem TLS gelauscht werden. {reason!}',
  ],
  [
    'The certificate in {file} expired on {day}. It is still used; put a renewed one in its place.',
    'Das Zertifikat in {file} ist am {day} abgelaufen. Es wird noch verwendet; legen Sie ein erneuertes an seine Stelle.',
  ],
  [
    'The certificate in {file} is valid from {day} on. It is used already; check the clock of this computer.',
    'Das Zertifikat in {file} gilt erst ab {day}. Es wird bereits verwendet; prüfen Sie die Uhr dieses Computers.',
  ],
  ['{file} cannot be used as a certificate.', '{file} kann nicht als Zertifikat verwendet werden.'],
  ['{file} is too large for a certificate file.', '{file} ist zu groß für eine Zertifikatdatei.'],
  [
    '{file} has no private key. Name the private key file as well, or use a PEM or PFX file that contains both.',
    '{file} enthält keinen privaten Schlüssel. Geben Sie auch dessen Datei an, oder verwenden Sie eine PEM- oder PFX-Datei mit beidem.',
  ],
  [
    '{file} contains no certificate. Use a PEM file with the certificate and its chain, or a PFX file.',
    '{file} enthält kein Zertifikat. Verwenden Sie eine PEM-Datei mit dem Zertifikat und seiner Kette oder eine PFX-Datei.',
  ],
  [
    '{file} is protected with a passphrase. Set the passphrase of the certificate.',
    '{file} ist mit einer Passphrase geschützt. Legen Sie die Passphrase des Zertifikats fest.',
  ],
  [
    '{file} cannot be opened: the passphrase is wrong. Set the passphrase of the certificate again.',
    '{file} lässt sich nicht öffnen: die Passphrase ist falsch. Legen Sie die Passphrase des Zertifikats neu fest.',
  ],
  [
    '{file} is damaged or not written to its end. Export it again if this stays.',
    '{file} ist beschädigt oder nicht zu Ende geschrieben. Exportieren Sie es erneut, falls das so bleibt.',
  ],
  [
    '{file} does not belong to the private key. Use the key that the certificate was requested with.',
    '{file} gehört nicht zum privaten Schlüssel. Verwenden Sie den Schlüssel, mit dem das Zertifikat angefordert wurde.',
  ],
  [
    '{file} has a private key that cannot be read. Export it again as PEM (PKCS #8).',
    '{file} enthält einen privaten Schlüssel, der nicht gelesen werden kann. Exportieren Sie ihn erneut als PEM (PKCS #8).',
  ],
  [
    '{file} is refused by the TLS library: {reason}. Use another certificate.',
    '{file} wird von der TLS-Bibliothek abgelehnt: {reason}. Verwenden Sie ein anderes Zertifikat.',
  ],
];

const pickup: readonly RelaySentence[] = [
  ['It is not a text file.', 'Es ist keine Textdatei.'],
  [
    'It is saved as UTF-16 ("Unicode"). Save it as ANSI or UTF-8.',
    'Sie ist als UTF-16 („Unicode“) gespeichert. Speichern Sie sie als ANSI oder UTF-8.',
  ],
  [
    'The file does not begin with a header, such as "From: user@example.org".',
    'Die Datei beginnt nicht mit einem Kopf, zum Beispiel „From: user@example.org“.',
  ],
  [
    'Line {line} of the header is no field. An empty line must follow the header.',
    'Zeile {line} des Kopfes ist kein Feld. Auf den Kopf muss eine leere Zeile folgen.',
  ],
  [
    'It has passed {hops} servers, more than the {limit} allowed: it may be going round in a loop.',
    'Sie hat {hops} Server durchlaufen, mehr als die erlaubten {limit}: vermutlich läuft sie im Kreis.',
  ],
  ['The sender is no mail address: {address}', 'Der Absender ist keine E-Mail-Adresse: {address}'],
  ['A recipient is no mail address: {address}', 'Ein Empfänger ist keine E-Mail-Adresse: {address}'],
  [
    'It has no recipient: neither an x-receiver line nor an address in To, Cc or Bcc.',
    'Sie hat keinen Empfänger: weder eine x-receiver-Zeile noch eine Adresse in To, Cc oder Bcc.',
  ],
];

export const relayFileSentences = [...certificates, ...pickup];
