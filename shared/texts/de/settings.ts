/** Beschriftungen wie im Eigenschaftenfenster von IIS 6, dazu je ein oder zwei Sätze Hilfe. */
import type { SettingKey } from '../../settings/server-settings.ts';
import type { SettingText } from '../en/settings.ts';

export const settingTexts: Readonly<Record<SettingKey, SettingText>> = {
  'general.name': {
    label: 'Name',
    help: 'Der Name dieses virtuellen Servers in der Konsole. An der E-Mail ändert er nichts.',
  },
  'general.state': {
    label: 'Status',
    help: 'Gestartet: nimmt E-Mail an und stellt sie zu. Angehalten: weist neue Verbindungen ab, stellt die Warteschlange zu. Beendet: weder noch; wartende E-Mail bleibt erhalten.',
  },
  'general.listen': {
    label: 'IP-Adresse',
    help: 'Die Paare aus Adresse und Port, an denen dieser virtuelle Server lauscht. Über die Loopbackadressen können nur Programme auf diesem Computer eine Verbindung herstellen; * steht für alle Adressen dieses Computers.',
  },
  'general.connectionLimit': {
    label: 'Anzahl der Verbindungen beschränken auf',
    help: 'So viele Clients dürfen gleichzeitig verbunden sein. Weitere Verbindungen werden abgewiesen, bis eine endet.',
  },
  'general.connectionTimeout': {
    label: 'Verbindungstimeout (Minuten)',
    help: 'Eine eingehende Verbindung, über die so lange nichts gesendet wird, wird geschlossen.',
  },
  'access.relayMode': {
    label: 'Wählen Sie aus, welche Computer über diesen virtuellen Server weiterleiten dürfen',
    help: '„Nur die Liste unten“ weist jeden Computer ab, der nicht in der Liste steht. „Alle außer der Liste unten“ erlaubt jedem anderen Computer, E-Mail an beliebige Ziele zu senden (offenes Relay).',
  },
  'access.relayList': {
    label: 'Computer',
    help: 'Einzelne Computer, Gruppen von Computern (Subnetzmaske oder Präfix) und dieser Computer selbst, für die die Auswahl oben gilt.',
  },
  'messages.sizeLimit': {
    label: 'Nachrichtengröße beschränken auf (KB)',
    help: 'Größere Nachrichten werden abgewiesen. Die Grenze wird dem Client vor dem Senden mitgeteilt.',
  },
  'messages.recipientLimit': {
    label: 'Anzahl der Empfänger pro Nachricht beschränken auf',
    help: 'Weitere Empfänger einer Nachricht werden vorübergehend abgewiesen, sodass der Client sie in einer weiteren Nachricht sendet. RFC 5321 verlangt mindestens 100.',
  },
  'delivery.retryIntervals': {
    label: 'Wiederholungsintervalle (Minuten)',
    help: 'Die Wartezeiten nach dem ersten, zweiten, dritten und jedem weiteren fehlgeschlagenen Versuch. Die letzte wird wiederholt.',
  },
  'delivery.expiration': {
    label: 'Ablaufzeitlimit',
    help: 'Eine Nachricht, die so lange nicht zugestellt werden konnte, geht mit einem Unzustellbarkeitsbericht an den Absender zurück.',
  },
  'delivery.smartHosts': {
    label: 'Smarthost',
    help: 'Die Mailgateways, über die alle E-Mail gesendet wird, in dieser Reihenfolge versucht. Leer: E-Mail geht an die Mailserver (MX) der jeweiligen Empfängerdomäne.',
  },
  'delivery.outboundPort': {
    label: 'TCP-Port',
    help: 'Der Port auf dem Remoteserver für ausgehende E-Mail, sofern ein Smarthost keinen eigenen nennt.',
  },
  'delivery.connectionLimit': {
    label: 'Anzahl der Verbindungen beschränken auf',
    help: 'So viele ausgehende Verbindungen dürfen gleichzeitig geöffnet sein, zu allen Zielen zusammen.',
  },
  'delivery.connectionsPerDestination': {
    label: 'Anzahl der Verbindungen pro Domäne beschränken auf',
    help: 'So viele ausgehende Verbindungen dürfen gleichzeitig zu einem Ziel geöffnet sein.',
  },
  'delivery.connectionTimeout': {
    label: 'Timeout (Minuten)',
    help: 'Eine ausgehende Verbindung, auf der der Remoteserver so lange nicht antwortet, wird geschlossen; der Versuch ist fehlgeschlagen.',
  },
  'delivery.fullyQualifiedName': {
    label: 'Vollqualifizierter Domänenname',
    help: 'Der Name, den dieser virtuelle Server in Begrüßung, HELO und Received-Zeile verwendet. Leer: der Name dieses Computers.',
  },
};
