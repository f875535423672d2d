import type { TabTexts } from '../../setting-texts.ts';
import { outboundSecurityTexts } from './outbound-security.ts';

export const deliveryTexts: TabTexts<'delivery'> = {
  'delivery.retryIntervals': {
    label: 'Wiederholungsintervalle (Minuten)',
    help: 'Die Wartezeiten nach dem ersten, zweiten, dritten und jedem weiteren fehlgeschlagenen Versuch. Die letzte wird wiederholt.',
  },
  'delivery.delayNotification': {
    label: 'Verzögerungsbenachrichtigung',
    help: 'Der Absender einer Nachricht, die so lange gewartet hat, erfährt einmal, dass sie sich verspätet. Ist sie ausgeschaltet, erfährt es niemand.',
  },
  'delivery.expiration': {
    label: 'Ablaufzeitlimit',
    help: 'Eine Nachricht, die so lange nicht zugestellt werden konnte, geht mit einem Unzustellbarkeitsbericht an den Absender zurück.',
  },
  'delivery.expireDuringOutage': {
    label: 'Nachrichten auch ablaufen lassen, während ihr Ziel nicht erreichbar ist',
    help: 'Wie in IIS 6 zählt dann die Zeit mit, in der ein Ziel als Ganzes nicht erreichbar ist. Anfangs ausgeschaltet: Der Ausfall eines Gateways über ein Wochenende soll keine E-Mail zurückgehen lassen.',
  },
  'delivery.localDelayNotification': {
    label: 'Verzögerungsbenachrichtigung',
    help: 'Der Absender einer Nachricht an eine lokale Domäne, die so lange gewartet hat, erfährt einmal, dass sie sich verspätet. Ist sie ausgeschaltet, erfährt es niemand.',
  },
  'delivery.localExpiration': {
    label: 'Ablaufzeitlimit',
    help: 'Eine Nachricht, die so lange nicht ins Drop-Verzeichnis geschrieben werden konnte, geht mit einem Unzustellbarkeitsbericht an den Absender zurück.',
  },
  'delivery.tlsMode': outboundSecurityTexts.tlsMode,
  'delivery.implicitTls': outboundSecurityTexts.implicitTls,
  'delivery.caFile': outboundSecurityTexts.caFile,
  'delivery.authentication': outboundSecurityTexts.authentication,
  'delivery.userName': outboundSecurityTexts.userName,
  'delivery.oauthTokenEndpoint': outboundSecurityTexts.oauthTokenEndpoint,
  'delivery.oauthClientId': outboundSecurityTexts.oauthClientId,
  'delivery.oauthScope': outboundSecurityTexts.oauthScope,
  'delivery.connectionLimit': {
    label: 'Anzahl der Verbindungen beschränken auf',
    help: 'So viele ausgehende Verbindungen dürfen gleichzeitig geöffnet sein, zu allen Zielen zusammen.',
  },
  'delivery.connectionsPerDestination': {
    label: 'Anzahl der Verbindungen pro Domäne beschränken auf',
    help: 'So viele ausgehende Verbindungen dürfen gleichzeitig zu einem Ziel geöffnet sein.',
  },
  'delivery.messagesPerMinute': {
    label: 'Anzahl der Nachrichten pro Minute und Domäne beschränken auf',
    help: 'Weitere Nachrichten an ein Ziel warten in der Warteschlange. Für Anbieter, die abweisen, wer schneller sendet: Microsoft 365 nimmt von einem Postfach 30 in der Minute an. IIS 6 hat keine solche Beschränkung.',
  },
  'delivery.connectionTimeout': {
    label: 'Timeout (Minuten)',
    help: 'Eine ausgehende Verbindung, auf der der Remoteserver so lange nicht antwortet, wird geschlossen; der Versuch ist fehlgeschlagen. Eine Nachricht muss in dieser Zeit, für jedes Megabyte noch einmal so lange, abgenommen sein.',
  },
  'delivery.connectTimeout': {
    label: 'Timeout für den Verbindungsaufbau (Sekunden)',
    help: 'So lange darf ein Remoteserver brauchen, um eine Verbindung anzunehmen; danach wird der nächste versucht.',
  },
  'delivery.greetingTimeout': {
    label: 'Timeout für die Begrüßung (Sekunden)',
    help: 'So lange darf ein Remoteserver nach dem Verbindungsaufbau bis zur Begrüßung brauchen; nie länger als das Timeout der Verbindung.',
  },
  'delivery.commandTimeout': {
    label: 'Timeout für einen Befehl (Sekunden)',
    help: 'So lange darf ein Remoteserver für die Antwort auf einen Befehl brauchen; nie länger als das Timeout der Verbindung.',
  },
  'delivery.finalReplyTimeout': {
    label: 'Timeout für die Bestätigung (Sekunden)',
    help: 'So lange darf ein Remoteserver brauchen, um eine Nachricht nach ihrem Ende zu bestätigen. RFC 5321 verlangt zehn Minuten; bei weniger kommen Nachrichten möglicherweise doppelt an.',
  },
  'delivery.outboundPort': {
    label: 'TCP-Port',
    help: 'Der Port auf dem Remoteserver für ausgehende E-Mail, sofern ein Smarthost oder eine Remotedomäne keinen eigenen nennt.',
  },
  'delivery.hopLimit': {
    label: 'Maximale Hopanzahl',
    help: 'Eine Nachricht, die nach der Zahl ihrer Received-Zeilen mehr Server durchlaufen hat, steckt in einer Schleife und wird nicht weitergesendet. IIS 6 lässt 15 zu.',
  },
  'delivery.masqueradeDomain': {
    label: 'Maskeradedomäne',
    help: 'Die Domäne, die in Absenderadressen ausgehender E-Mail an die Stelle der lokalen tritt. Leer: Absenderadressen bleiben, wie sie sind.',
  },
  'delivery.fullyQualifiedName': {
    label: 'Vollqualifizierter Domänenname',
    help: 'Der Name, den dieser virtuelle Server in Begrüßung, HELO und Received-Zeile verwendet. Leer: der Name dieses Computers.',
  },
  'delivery.smartHosts': {
    label: 'Smarthost',
    help: 'Die Mailgateways, über die alle E-Mail gesendet wird, in dieser Reihenfolge versucht. Leer: E-Mail geht an die Mailserver (MX) der jeweiligen Empfängerdomäne.',
  },
  'delivery.directFirst': {
    label: 'Direkte Übermittlung versuchen, bevor an den Smarthost gesendet wird',
    help: 'E-Mail wird zuerst an den Mailservern (MX) der Empfängerdomäne versucht; die Smarthosts erhalten, was dort nicht zugestellt werden kann.',
  },
  'delivery.reverseLookup': {
    label: 'Reverse-DNS-Lookup für eingehende Nachrichten durchführen',
    help: 'Vermerkt in der Received-Zeile, ob der Name des Clients zu seiner Adresse passt. E-Mail wird deshalb nie abgewiesen, und anders als in IIS 6 wartet kein Client auf DNS.',
  },
  'delivery.frozen': {
    label: 'Eingefrorene Ziele',
    help: 'Nächste Hops, mit dem Namen aus der Warteschlange, an die nichts gesendet wird, bis sie aus dieser Liste entfernt werden. E-Mail für sie wird weiter angenommen.',
  },
};
