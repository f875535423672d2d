/** What the set-up of the certification authority's mail refuses, in German; see relay-sentences.ts. */
import type { RelaySentence } from '../relay-sentence-type.ts';

const subjects: readonly RelaySentence[] = [
  ['Changing the certification authority', 'Das Ändern der Zertifizierungsstelle'],
  ['Restarting the certification authority', 'Der Neustart der Zertifizierungsstelle'],
  ['Changing the firewall', 'Das Ändern der Firewall'],
  [
    'line ends and control characters can not be stored.',
    'Zeilenenden und Steuerzeichen können nicht gespeichert werden.',
  ],
  [
    'one mail address is needed, such as pki@example.org.',
    'es wird eine E-Mail-Adresse gebraucht, etwa pki@example.org.',
  ],
  [
    'mail addresses are needed, with semicolons between them.',
    'es werden E-Mail-Adressen gebraucht, mit Semikolon dazwischen.',
  ],
  [
    "'{text}' is not the name of a property, such as Request.RequestID.",
    '„{text}“ ist kein Name einer Eigenschaft wie Request.RequestID.',
  ],
];

/** Of a mail in the registry; they stand before what is wrong with them. */
const values = ['From', 'To', 'Cc', 'TitleFormat', 'TitleArg', 'BodyFormat', 'BodyArg'];

export const caSentences: readonly RelaySentence[] = [
  [
    '{what!} is possible on Windows only. Copy the commands and run them on the server.',
    '{what!} ist nur unter Windows möglich. Kopieren Sie die Befehle, und führen Sie sie auf dem Server aus.',
  ],
  [
    '{what!} needs administrator rights. Start the console or the prompt as administrator, or copy the commands.',
    '{what!} braucht Administratorrechte. Starten Sie Konsole oder Eingabeaufforderung als Administrator, oder kopieren Sie die Befehle.',
  ],
  [
    "'{text}' can't be the mail server of the certification authority. Give an IPv4 address such as 127.0.0.1, or a host name.",
    '„{text}“ kann nicht der Mailserver der Zertifizierungsstelle sein. Geben Sie eine IPv4-Adresse wie 127.0.0.1 oder einen Computernamen an.',
  ],
  [
    'The certification authority has no mail called \'{key}\'. "ca status" lists the ones it has.',
    'Die Zertifizierungsstelle hat keine E-Mail namens „{key}“. „ca status“ listet die vorhandenen auf.',
  ],
  ['There is no certification authority on this computer.', 'Auf diesem Computer gibt es keine Zertifizierungsstelle.'],
  [
    'The settings of the certification authority could not be read.',
    'Die Einstellungen der Zertifizierungsstelle konnten nicht gelesen werden.',
  ],
  [
    'The certification authority belongs to a cluster and does not run on this node. Change it on the active node.',
    'Die Zertifizierungsstelle gehört zu einem Cluster und läuft nicht auf diesem Knoten. Ändern Sie sie auf dem aktiven Knoten.',
  ],
  [
    'The certification authority belongs to a cluster, or may do so. Restart it in the Failover Cluster Manager: take its resource offline and bring it online.',
    'Die Zertifizierungsstelle gehört zu einem Cluster, oder es könnte so sein. Starten Sie sie im Failovercluster-Manager neu: Nehmen Sie ihre Ressource offline und wieder online.',
  ],
  [
    'The settings of the certification authority have changed since the plan was made. Look at the new plan first.',
    'Die Einstellungen der Zertifizierungsstelle haben sich geändert, seit der Plan gemacht wurde. Sehen Sie sich zuerst den neuen Plan an.',
  ],
  ['There is no change to take back.', 'Es gibt keine Änderung zurückzunehmen.'],
  [
    'A mail address is needed that the test mail goes to, such as operations@example.org.',
    'Es wird eine E-Mail-Adresse gebraucht, an die die Testnachricht geht, etwa operations@example.org.',
  ],
  [
    'Another change of the certification authority is still under way.',
    'Eine andere Änderung der Zertifizierungsstelle ist noch im Gang.',
  ],
  [
    'Windows did not change the firewall: error {number}. A group policy may forbid rules of this computer.',
    'Windows hat die Firewall nicht geändert: Fehler {number}. Vielleicht verbietet eine Gruppenrichtlinie Regeln dieses Computers.',
  ],
  [
    'Windows does not let this account {verb} the certification authority ({service}): error 5. Nothing else was done.',
    'Windows lässt dieses Konto die Zertifizierungsstelle ({service}) nicht beenden oder starten: Fehler 5. Sonst wurde nichts getan.',
  ],
  [
    'Windows did not stop the certification authority ({service}): error {number}. The System log has the reason.',
    'Windows hat die Zertifizierungsstelle ({service}) nicht beendet: Fehler {number}. Das Systemprotokoll nennt den Grund.',
  ],
  [
    'Windows did not start the certification authority ({service}): error {number}. The System log has the reason.',
    'Windows hat die Zertifizierungsstelle ({service}) nicht gestartet: Fehler {number}. Das Systemprotokoll nennt den Grund.',
  ],
  [
    'The certification authority ({service}) has stopped and does not start. The Application and System logs have the reason; "ca rollback" takes the change of its mail back.',
    'Die Zertifizierungsstelle ({service}) ist beendet und startet nicht. Anwendungs- und Systemprotokoll nennen den Grund; „ca rollback“ nimmt die Änderung ihrer E-Mail zurück.',
  ],
  [
    'The certification authority ({service}) is not {wanted} after {minutes} minutes; it is {state}. It was left alone: look at it in the Services window, and do not end its process.',
    'Die Zertifizierungsstelle ({service}) hat nach {minutes} Minuten den Zustand „{wanted}“ nicht erreicht, sie ist „{state}“. Sie wurde in Ruhe gelassen: Sehen Sie sie sich im Fenster „Dienste“ an, und beenden Sie ihren Prozess nicht.',
  ],
  [
    "The old values can't be kept in {path}: {reason}. Nothing was changed.",
    'Die alten Werte können nicht in {path} aufbewahrt werden: {reason}. Es wurde nichts geändert.',
  ],
  [
    "The old values in {path} can't be read: {reason}.",
    'Die alten Werte in {path} können nicht gelesen werden: {reason}.',
  ],
  [
    '{path} is damaged or of a newer version. Move it away to go on; the values in it have to be put back by hand.',
    '{path} ist beschädigt oder von einer neueren Version. Räumen Sie die Datei weg, um weiterzumachen; die Werte darin müssen von Hand wiederhergestellt werden.',
  ],
  ...subjects,
  ...values.map((name): RelaySentence => [`{key}, ${name}: {why!}`, `{key}, ${name}: {why!}`]),
];
