import type { generalTab as en } from '../en/general-tab.ts';

export const generalTab: typeof en = {
  tls: 'TLS',
  tlsYes: 'Ja',
  identityTls: 'Ab dem ersten Byte verschlüsselt (implizites TLS, meist Port 465)',
  identityNeedsCertificate:
    'Es gibt noch kein Zertifikat: Der Port wird geöffnet, sobald unter Zugriff > Sichere Kommunikation eines eingerichtet ist.',
  needsPlain: 'Mindestens eine Adresse ohne TLS ist nötig.',
  timeLimitsButton: 'Zeitlimits…',
  timeLimits: 'Zeitlimits',
  timeLimitsExplanation:
    'Das Verbindungstimeout beendet Stille. Diese Limits beenden, was nie zum Ziel kommt, etwa einen Client, der ab und zu ein Byte sendet.',
  logging: 'Protokollierung',
  logFormat: 'Aktives Protokollformat',
  formatW3c: 'W3C-erweitertes Protokolldateiformat',
  formatIis: 'Microsoft IIS-Protokolldateiformat (hier nicht enthalten)',
  formatNcsa: 'NCSA-Protokolldateiformat (hier nicht enthalten)',
  formatOdbc: 'ODBC-Protokollierung (hier nicht enthalten)',
  logProperties: 'Eigenschaften…',
  logTitle: 'Erweiterte Protokollierungseigenschaften',
  logGeneral: 'Allgemein',
  logAdvanced: 'Erweitert',
  logNext: 'Name der Protokolldatei: {{name}}',
  usualLogFolder: 'im Datenordner des Relays',
  reservedField: 'enthält bei SMTP nie Daten',
  name: 'Vollqualifizierter Domänenname',
  nameWhere: 'Zum Ändern: Übermittlung > Erweitert…',
  mailrootPlaceholder: 'im Datenordner des Relays',
};
