import type { TabTexts } from '../../setting-texts.ts';

export const generalTexts: TabTexts<'general'> = {
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
  'general.listenTls': {
    label: 'IP-Adresse für implizites TLS',
    help: 'Paare aus Adresse und Port, an denen Verbindungen vom ersten Byte an verschlüsselt sind (üblich ist Port 465); sie brauchen ein Zertifikat. IIS 6 kennt nur STARTTLS.',
  },
  'general.connectionLimit': {
    label: 'Anzahl der Verbindungen beschränken auf',
    help: 'So viele Clients dürfen gleichzeitig verbunden sein. Weitere Verbindungen werden abgewiesen, bis eine endet.',
  },
  'general.connectionLimitPerClient': {
    label: 'Anzahl der Verbindungen pro Client beschränken auf',
    help: 'So viele Verbindungen darf eine Clientadresse gleichzeitig geöffnet haben, damit nicht ein Client alle belegt. IIS 6 hat keine solche Beschränkung.',
  },
  'general.connectionTimeout': {
    label: 'Verbindungstimeout (Minuten)',
    help: 'Eine eingehende Verbindung, über die so lange nichts gesendet wird, wird geschlossen.',
  },
  'general.commandTimeLimit': {
    label: 'Dauer eines Befehls beschränken auf (Minuten)',
    help: 'Ein Client, der länger braucht, um einen Befehl zu senden, wird getrennt, auch wenn hin und wieder ein Byte eintrifft.',
  },
  'general.transactionTimeLimit': {
    label: 'Dauer einer Transaktion beschränken auf (Minuten)',
    help: 'Ein Client, der vom Absender (MAIL) bis zum Ende der Nachricht länger braucht, wird getrennt; die unfertige Nachricht wird verworfen.',
  },
  'general.messageTimeLimit': {
    label: 'Dauer einer Nachrichtenübertragung beschränken auf (Minuten)',
    help: 'Ein Client, der länger braucht, um den Inhalt einer Nachricht zu übertragen, wird getrennt, auch wenn hin und wieder ein Byte eintrifft.',
  },
  'general.mailroot': {
    label: 'Basisverzeichnis',
    help: 'Der Ordner auf einem lokalen Datenträger mit Queue, Pickup, Drop und Badmail dieses virtuellen Servers; leer: im Datenordner des Relays. Eine Änderung wirkt ab dem nächsten Start des Relays und verschiebt keine Dateien.',
  },
};
