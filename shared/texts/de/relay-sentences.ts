/**
 * What the relay says by itself, in German. The relay speaks English wherever it writes: in logs, reports, state files and on the
 * command line. The console knows its sentences and says them in its own language; what it does not know it shows as it is.
 *
 * `{name}` stands for a value, `{name!}` for a part that is a sentence of this list itself. The first that fits counts.
 */
import type { RelaySentence } from '../relay-sentence-type.ts';

const connection: readonly RelaySentence[] = [
  ['nothing listens there, the connection was refused', 'dort lauscht nichts, die Verbindung wurde abgelehnt'],
  ['the connection was reset', 'die Verbindung wurde zurückgesetzt'],
  ['the connection was closed', 'die Verbindung wurde geschlossen'],
  ['there is no route to the host', 'es gibt keinen Weg zu diesem Computer'],
  ['the host is down', 'der Computer ist nicht in Betrieb'],
  ['there is no route to the network', 'es gibt keinen Weg zu diesem Netz'],
  ['a firewall of this computer forbids the connection', 'eine Firewall dieses Computers verbietet die Verbindung'],
  ['no answer in time', 'keine Antwort innerhalb der Frist'],
  ['no connection in time', 'keine Verbindung innerhalb der Frist'],
  ['the relay is stopping', 'das Relay wird beendet'],
  [
    'no answer to the end of the message within {seconds} seconds',
    'keine Antwort auf das Ende der Nachricht innerhalb von {seconds} Sekunden',
  ],
  ['no answer to {verb} within {seconds} seconds', 'keine Antwort auf {verb} innerhalb von {seconds} Sekunden'],
  [
    'the TLS handshake did not end within {seconds} seconds',
    'der TLS-Handshake endete nicht innerhalb von {seconds} Sekunden',
  ],
  [
    'the server took nothing of the message within {seconds} seconds',
    'der Server nahm {seconds} Sekunden lang nichts von der Nachricht an',
  ],
  [
    'the server did not take the message within {seconds} seconds',
    'der Server nahm die Nachricht nicht innerhalb von {seconds} Sekunden an',
  ],
  ['the TLS handshake failed, {reason!}', 'der TLS-Handshake schlug fehl, {reason!}'],
];

const security: readonly RelaySentence[] = [
  ['the certificate of {host} expired on {day}', 'das Zertifikat von {host} ist am {day} abgelaufen'],
  ['the certificate of {host} is not valid before {day}', 'das Zertifikat von {host} gilt erst ab {day}'],
  [
    'the certificate was issued for {names}, not for {host}',
    'das Zertifikat wurde für {names} ausgestellt, nicht für {host}',
  ],
  [
    'the certificate of {host} is self-signed: no trusted authority vouches for it',
    'das Zertifikat von {host} ist selbstsigniert: keine vertrauenswürdige Zertifizierungsstelle bürgt dafür',
  ],
  [
    'the certificate of {host} was issued by {issuer}, an authority that is not trusted here (its own certificate, or one between, is unknown)',
    'das Zertifikat von {host} wurde von {issuer} ausgestellt, einer Zertifizierungsstelle, der hier nicht vertraut wird (ihr eigenes Zertifikat oder eines dazwischen ist unbekannt)',
  ],
  ['the certificate of {host} was revoked', 'das Zertifikat von {host} wurde gesperrt'],
  ['the certificate of {host} is not meant for servers', 'das Zertifikat von {host} ist nicht für Server bestimmt'],
  [
    'the certificate of {host} could not be verified ({reason})',
    'das Zertifikat von {host} konnte nicht geprüft werden ({reason})',
  ],
  ['the connection to {host} is not encrypted', 'die Verbindung zu {host} ist nicht verschlüsselt'],
  [
    'the trusted authorities of this computer cannot be used ({reason})',
    'die vertrauenswürdigen Zertifizierungsstellen dieses Computers können nicht verwendet werden ({reason})',
  ],
  [
    'The file of trusted authorities {file} cannot be read ({reason}).',
    'Die Datei mit vertrauenswürdigen Zertifizierungsstellen {file} kann nicht gelesen werden ({reason}).',
  ],
  [
    'The file of trusted authorities {file} has a certificate that is damaged.',
    'Die Datei mit vertrauenswürdigen Zertifizierungsstellen {file} enthält ein beschädigtes Zertifikat.',
  ],
  [
    'The file of trusted authorities {file} has no certificate (PEM) in it.',
    'Die Datei mit vertrauenswürdigen Zertifizierungsstellen {file} enthält kein Zertifikat (PEM).',
  ],
  [
    'TLS is required, but the server does not offer it or refuses it ({reply})',
    'TLS ist erforderlich, aber der Server bietet es nicht an oder lehnt es ab ({reply})',
  ],
  [
    'TLS is required, but HELO is set for this domain, and without EHLO there is no STARTTLS',
    'TLS ist erforderlich, aber für diese Domäne ist HELO eingestellt, und ohne EHLO gibt es kein STARTTLS',
  ],
];

const login: readonly RelaySentence[] = [
  [
    'the connection is not encrypted, so the login was not sent; TLS is to be required, or no login used',
    'die Verbindung ist nicht verschlüsselt, daher wurde die Anmeldung nicht gesendet; TLS muss verlangt oder auf die Anmeldung verzichtet werden',
  ],
  [
    'the server offers no login (AUTH), but {wanted!} is set',
    'der Server bietet keine Anmeldung (AUTH) an, aber {wanted!} ist eingestellt',
  ],
  ['the server does not offer {wanted!}, only {offered}', 'der Server bietet {wanted!} nicht an, nur {offered}'],
  ['login with user name and password', 'Anmeldung mit Benutzername und Kennwort'],
  ['login by OAuth (XOAUTH2)', 'Anmeldung mit OAuth (XOAUTH2)'],
  [
    'the settings have no user name or no password for it',
    'in den Einstellungen fehlt der Benutzername oder das Kennwort dafür',
  ],
  [
    'the settings have no user name, no token endpoint or no client secret for it',
    'in den Einstellungen fehlt der Benutzername, der Tokenendpunkt oder der geheime Clientschlüssel dafür',
  ],
  ['the relay stopped waiting for a token', 'das Relay wartet nicht mehr auf ein Token'],
  ['the token endpoint {host} gave no token: {reason!}', 'der Tokenendpunkt {host} gab kein Token aus: {reason!}'],
  ['no answer within {seconds} seconds', 'keine Antwort innerhalb von {seconds} Sekunden'],
  ['no connection', 'keine Verbindung'],
  [
    '{host} did not accept the login of {user} ({reason!}).',
    '{host} hat die Anmeldung von {user} nicht angenommen ({reason!}).',
  ],
  [
    '{host} did not accept the login of {user}: {reply}',
    '{host} hat die Anmeldung von {user} nicht angenommen: {reply}',
  ],
];

const message: readonly RelaySentence[] = [
  [
    'The server did not confirm the message ({reason!}). It may have been delivered.',
    'Der Server hat die Nachricht nicht bestätigt ({reason!}). Sie kann zugestellt worden sein.',
  ],
  [
    'The message is too large: the server takes at most {limit} bytes.',
    'Die Nachricht ist zu groß: der Server nimmt höchstens {limit} Byte an.',
  ],
  ['The message could not be read: {reason}', 'Die Nachricht konnte nicht gelesen werden: {reason}'],
  [
    'The message cannot be converted for a next hop without {feature}: {reason}.',
    'Die Nachricht kann für ein nächstes Ziel ohne {feature} nicht umgewandelt werden: {reason}.',
  ],
  [
    'The sender {address} needs SMTPUTF8, which the next hop does not offer.',
    'Der Absender {address} erfordert SMTPUTF8, was das nächste Ziel nicht anbietet.',
  ],
  [
    'The recipient {address} needs SMTPUTF8, which the next hop does not offer.',
    'Der Empfänger {address} erfordert SMTPUTF8, was das nächste Ziel nicht anbietet.',
  ],
  [
    'The address cannot be written in an SMTP command.',
    'Die Adresse kann nicht in einem SMTP-Befehl geschrieben werden.',
  ],
  [
    "The address '{address}' has no domain to send mail to.",
    "Die Adresse '{address}' hat keine Domäne, an die gesendet werden könnte.",
  ],
  [
    'The domain {domain} does not accept mail (null MX).',
    'Die Domäne {domain} nimmt keine E-Mail an (leerer MX-Eintrag).',
  ],
  [
    'The domain {domain} has neither a mail exchanger nor an address.',
    'Die Domäne {domain} hat weder einen Mailserver (MX) noch eine Adresse.',
  ],
  ['The name {name} could not be resolved ({reason}).', 'Der Name {name} konnte nicht aufgelöst werden ({reason}).'],
  ['No host was found for {destination}.', 'Für {destination} wurde kein Server gefunden.'],
  ['The server did not answer RSET as expected.', 'Der Server hat RSET nicht wie erwartet beantwortet.'],
  ['The connection was ended by the administrator.', 'Der Administrator hat die Verbindung beendet.'],
  [
    'The connection was lost before their turn.',
    'Die Verbindung ging verloren, bevor diese Empfänger an der Reihe waren.',
  ],
  ['The message was deleted by the administrator.', 'Der Administrator hat die Nachricht gelöscht.'],
  [
    'Not delivered in time; the last answer was: {answer!}',
    'Nicht rechtzeitig zugestellt; die letzte Antwort war: {answer!}',
  ],
  ['The reason is not known.', 'Der Grund ist nicht bekannt.'],
  [
    'It could not be delivered, and without a sender address it could not be returned. {address}: {answer!}',
    'Sie konnte nicht zugestellt und ohne Absenderadresse nicht zurückgesendet werden. {address}: {answer!}',
  ],
  [
    'The Drop folder {folder} is full: it may hold {size} KB. Remove mail from it, or switch the quota off.',
    'Der Dropordner {folder} ist voll: er darf {size} KB enthalten. Entfernen Sie E-Mail daraus, oder schalten Sie das Kontingent ab.',
  ],
  ['Written to {folder}', 'Geschrieben nach {folder}'],
  ['There is no message {id} in the queue any more.', 'Die Nachricht {id} ist nicht mehr in der Warteschlange.'],
  ['The message {id} is not in the queue any more.', 'Die Nachricht {id} ist nicht mehr in der Warteschlange.'],
];

/** `mail.example.org [192.0.2.25]:25: …`, and what the lists above do not know about a host or file. */
const about: readonly RelaySentence[] = [
  ['{subject}: {reason!}.', '{subject}: {reason!}.'],
  ['{subject}: {reason!}', '{subject}: {reason!}'],
];

export const relaySentences = [...connection, ...security, ...login, ...message, ...about];
