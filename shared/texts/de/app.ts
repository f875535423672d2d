import type { app as en } from '../en/app.ts';

export const app: typeof en = {
  productName: 'SMTP Relay Manager',
  windowTitle: '{{computer}} - SMTP Relay Manager',
  tree: {
    label: 'Konsolenstruktur',
    computer: '{{computer}} (lokaler Computer)',
    domains: 'Domänen',
    sessions: 'Aktuelle Sitzungen',
    queue: 'Warteschlange',
    badmail: 'Badmail',
    log: 'Protokoll',
  },
  pane: {
    view: 'Detailbereich',
    splitter: 'Breite der Konsolenstruktur',
    toolbar: 'Symbolleiste',
    status: 'Statusleiste',
  },
  list: {
    noSuchServer: 'Diesen virtuellen Server gibt es nicht mehr.',
    columnWidth: 'Breite der Spalte {{heading}}',
    loading: 'Wird geladen…',
    failed: 'Diese Liste konnte nicht geladen werden.',
    tryAgain: 'Erneut versuchen',
  },
  dialog: {
    ok: 'OK',
    cancel: 'Abbrechen',
    apply: 'Übernehmen',
    close: 'Schließen',
    help: 'Hilfe',
    copyDetails: 'Details kopieren',
  },
  connection: {
    connecting: 'Verbindung zum Relay wird hergestellt…',
    lost: 'Die Verbindung zum Relay ist abgebrochen. Es wird erneut versucht…',
    reload: 'Neu laden',
  },
  error: {
    title: 'In der Konsole ist ein Fehler aufgetreten',
    explanation:
      'Das Relay selbst ist nicht betroffen: E-Mail wird weiter angenommen und zugestellt. Laden Sie die Konsole neu. Wenn der Fehler wieder auftritt, senden Sie die Details an Ihren Support.',
    reload: 'Neu laden',
  },
  columnsDialog: {
    title: 'Spalten',
    intro: 'Angekreuzte Spalten werden angezeigt, in der Reihenfolge dieser Liste.',
    up: 'Nach oben',
    down: 'Nach unten',
    reset: 'Zurücksetzen',
    atLeastOne: 'Mindestens eine Spalte muss sichtbar bleiben.',
  },
  exportList: {
    title: 'Liste exportieren',
    rows: 'Zeilen',
    selectedRows: 'Ausgewählte Zeilen ({{count}})',
    allRows: 'Alle Zeilen ({{count}})',
    format: 'Format',
    commaSeparated: 'Durch Trennzeichen getrennt (.csv)',
    tabSeparated: 'Durch Tabstopps getrennt (.txt)',
    encoding:
      'Die Datei wird als UTF-8 mit Bytereihenfolge-Marke geschrieben, damit Excel und der Editor sie richtig lesen.',
    export: 'Exportieren',
  },
  about: {
    title: 'Info über SMTP Relay Manager',
    description: 'Ein lokales SMTP-Relay mit dauerhafter Warteschlange.',
    version: 'Version',
    licence: 'Lizenz',
    computer: 'Computer',
    hostedBy: 'Das Relay läuft in',
    hostedByValue: {
      desktop: 'dieser Anwendung (Prozess {{processId}})',
      service: 'einem Dienst (Prozess {{processId}})',
      console: 'einem Konsolenprogramm (Prozess {{processId}})',
    },
    runningSince: 'Läuft seit',
    dataFolder: 'Datenordner',
  },
};
