import type { TabTexts } from '../../setting-texts.ts';

export const loggingTexts: TabTexts<'logging'> = {
  'logging.enabled': {
    label: 'Protokollierung aktivieren',
    help: 'Schreibt jeden Befehl und jede Antwort im W3C-erweiterten Format in Protokolldateien, ohne Kennwörter und Nachrichtentext. Die neuesten Zeilen zeigt die Konsole in jedem Fall.',
  },
  'logging.period': {
    label: 'Neuer Protokollzeitplan',
    help: 'Wann eine neue Protokolldatei begonnen wird.',
  },
  'logging.fileSizeLimit': {
    label: 'Wenn Dateigröße erreicht (MB)',
    help: 'Die Größe, bei der eine neue Protokolldatei begonnen wird, wenn der Zeitplan nach der Dateigröße geht.',
  },
  'logging.localTime': {
    label: 'Ortszeit für Dateibenennung und Rollover verwenden',
    help: 'Benennt und beginnt Dateien nach der Zeitzone dieses Computers statt nach UTC. Zeiten in den Dateien sind in jedem Fall UTC.',
  },
  'logging.folder': {
    label: 'Protokolldateiverzeichnis',
    help: 'Der Ordner auf einem lokalen Datenträger für die Protokolldateien. Leer: im Datenordner des Relays.',
  },
  'logging.filesKept': {
    label: 'Anzahl der Protokolldateien beschränken auf',
    help: 'Sind es mehr, werden die ältesten gelöscht. IIS 6 löscht nie welche und kann den Datenträger füllen.',
  },
  'logging.fields': {
    label: 'Erweiterte Eigenschaften',
    help: 'Die Felder jeder Zeile. Host, Benutzeragent, Cookie und Verweis enthalten bei SMTP nie etwas; sie sind für Programme da, die die Spalten von IIS 6 erwarten.',
  },
};
