import type { server as en } from '../en/server.ts';

export const server: typeof en = {
  column: {
    computer: 'Computer',
    local: 'Lokal',
    version: 'Version',
    status: 'Status',
    name: 'Name',
    state: 'Status',
    address: 'IP-Adresse',
    port: 'Port',
    contents: 'Inhalt',
  },
  local: 'Ja',
  relayRunning: 'Wird ausgeführt',
  relayRunningWarnings_one: 'Wird ausgeführt, {{count}} Warnung',
  relayRunningWarnings_other: 'Wird ausgeführt, {{count}} Warnungen',
  state: { started: 'Gestartet', stopped: 'Beendet', paused: 'Angehalten' },
  stateWithProblem: '{{state}}, nicht jede Adresse ist offen',
  computerCount_one: '{{count}} Computer',
  computerCount_other: '{{count}} Computer',
  serverCount_one: '{{count}} virtueller Server',
  serverCount_other: '{{count}} virtuelle Server',
  itemCount_one: '{{count}} Element',
  itemCount_other: '{{count}} Elemente',
  selectedCount: '{{count}} ausgewählt',
  sessionContents: '{{inbound}} eingehend, {{outbound}} ausgehend',
  queueContents_one: '{{count}} Nachricht',
  queueContents_other: '{{count}} Nachrichten',
  logContents: 'SMTP-Befehle und Antworten, sobald sie geschehen',
  stopQuestion: {
    title: 'Virtuellen Server beenden',
    text: '„{{name}}“ beenden?',
    consequence:
      'Es wird keine E-Mail angenommen und keine zugestellt, bis der Server wieder gestartet wird. Programme, die an diesen Server senden, darunter eine Zertifizierungsstelle, erhalten einen Verbindungsfehler. Wartende E-Mail bleibt in der Warteschlange.',
    pauseInstead:
      'Wenn nur neue Verbindungen abgewiesen werden sollen und die Zustellung weitergehen soll, wählen Sie stattdessen Anhalten.',
    confirm: 'Beenden',
  },
  warnings: 'Warnungen',
  noWarnings: 'Es liegen keine Warnungen vor.',
  warning: {
    listenerNotBound: {
      text: 'Die Adresse {{endpoint}} konnte nicht geöffnet werden.',
      advice:
        'Beenden Sie das andere Programm, das die Adresse verwendet, und starten Sie den Server neu, oder wählen Sie unter Eigenschaften > Allgemein eine andere Adresse oder einen anderen Port.',
    },
    destinationUnreachable: {
      text: '{{nextHop}} ist nicht erreichbar: {{lastError}}',
      advice:
        'E-Mail dorthin wartet und wird gesendet, sobald das Ziel antwortet; es geht nichts verloren. Prüfen Sie das Gateway, die Firewall und den Smarthost unter Eigenschaften > Übermittlung.',
    },
    diskLow: {
      text: 'Der Datenträger von {{folder}} ist fast voll.',
      advice:
        'Neue E-Mail wird vorerst abgewiesen, die Zustellung geht weiter. Schaffen Sie Platz auf dem Datenträger mit dem Datenordner.',
    },
    damagedFiles: {
      text: 'Dateien der Warteschlange, die nicht gelesen werden konnten: {{count}}',
      advice: 'Sie wurden in den Ordner „Damaged“ neben der Warteschlange verschoben, mit einem Satz zu jeder Datei.',
    },
    openRelay: {
      text: 'Jeder, der eine Verbindung herstellen kann, darf E-Mail an beliebige Ziele senden.',
      advice:
        'Schränken Sie das unter Eigenschaften > Zugriff > Relay ein, sofern nicht eine Firewall nur Ihre eigenen Computer durchlässt.',
    },
    badmail: {
      text: 'Nachrichten, die weder zugestellt noch zurückgesendet werden konnten: {{count}} ({{folder}})',
      advice: 'Sehen Sie im Badmail-Ordner nach: Neben jeder Nachricht liegt eine Textdatei mit dem Grund.',
    },
    oldestMessage: {
      text: 'Die älteste Nachricht in der Warteschlange wartet seit {{since}}.',
      advice:
        'Der Grund steht in der Warteschlange in der Spalte Letzter Fehler. Die Schwelle ist die Einstellung für die älteste Nachricht unter Eigenschaften > Warnungen.',
    },
    queueDepth: {
      text: 'Nachrichten in der Warteschlange: {{count}}',
      advice:
        'E-Mail kommt schneller an, als sie abgeht, oder ein Ziel ist nicht erreichbar. Wo sie wartet, zeigt die Warteschlange, nach Zielen gruppiert.',
    },
    certificateExpiring: {
      text: 'Das Zertifikat in {{file}} läuft ab: {{expires}}',
      advice: 'Ein erneuertes Zertifikat in der Datei wird binnen einer Minute gelesen, ohne Neustart.',
    },
    certificateProblem: {
      text: 'Das Zertifikat für eingehende Verbindungen kann nicht verwendet werden: {{reason}}',
      advice:
        'TLS läuft mit dem vorigen Zertifikat weiter, falls es eines gab; sonst wird es nicht angeboten. Datei, Schlüssel und Kennwort stehen unter Eigenschaften > Zugriff.',
    },
    protocolLogFailing: {
      text: 'Das Protokoll kann nicht geschrieben werden: {{reason}}',
      advice:
        'E-Mail ist nicht betroffen, aber im Protokoll fehlen Zeilen. Meist liegt es am Protokolldateiverzeichnis, an seinen Berechtigungen oder am freien Speicherplatz.',
    },
    pickupFailing: {
      text: 'Dateien in {{folder}} können nicht übernommen werden: {{reason}}',
      advice:
        'Sie bleiben im Pickup-Verzeichnis und werden gesendet, sobald es wieder möglich ist. Das Relay braucht dort das Recht zum Lesen und Löschen.',
    },
    storageFailing: {
      text: 'E-Mail kann nicht auf den Datenträger geschrieben werden: {{reason}}',
      advice:
        'Neue E-Mail wird vorerst abgewiesen, damit keine verloren geht; wartende bleibt erhalten. Meist liegt es am Datenträger mit dem Datenordner, an Berechtigungen oder an einem Virenscanner.',
    },
  },
};
