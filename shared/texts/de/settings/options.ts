/** Die Wörter für die Optionen von Auswahlen. Protokollfelder wie in IIS 6, mit ihrem Namen in der Datei. */
import type { SettingOptionTexts } from '../../setting-texts.ts';

const listModes = { onlyListed: 'Nur die Liste unten', allExceptListed: 'Alle außer der Liste unten' };

export const settingOptionTexts: SettingOptionTexts = {
  'general.state': { started: 'Gestartet', stopped: 'Beendet', paused: 'Angehalten' },
  'access.connectionMode': listModes,
  'access.relayMode': listModes,
  'messages.reportLanguage': { en: 'Englisch', de: 'Deutsch' },
  'delivery.tlsMode': {
    off: 'Keine Verschlüsselung',
    opportunistic: 'Falls verfügbar',
    required: 'Erforderlich',
    verified: 'Erforderlich, Zertifikat geprüft',
  },
  'delivery.authentication': {
    none: 'Anonymer Zugriff',
    basic: 'Standardauthentifizierung',
    oauth2: 'OAuth 2.0 (Clientanmeldeinformationen)',
  },
  'logging.period': {
    hourly: 'Stündlich',
    daily: 'Täglich',
    weekly: 'Wöchentlich',
    monthly: 'Monatlich',
    unlimited: 'Unbegrenzte Dateigröße',
    bySize: 'Wenn die Dateigröße die Grenze erreicht',
  },
  'logging.fields': {
    date: 'Datum (date)',
    time: 'Uhrzeit (time)',
    'c-ip': 'Client-IP-Adresse (c-ip)',
    'cs-username': 'Benutzername (cs-username)',
    's-sitename': 'Dienstname (s-sitename)',
    's-computername': 'Servername (s-computername)',
    's-ip': 'Server-IP-Adresse (s-ip)',
    's-port': 'Serverport (s-port)',
    'cs-method': 'Methode (cs-method)',
    'cs-uri-stem': 'URI-Stamm (cs-uri-stem)',
    'cs-uri-query': 'URI-Abfrage (cs-uri-query)',
    'sc-status': 'Protokollstatus (sc-status)',
    'sc-win32-status': 'Win32-Status (sc-win32-status)',
    'sc-bytes': 'Gesendete Bytes (sc-bytes)',
    'cs-bytes': 'Empfangene Bytes (cs-bytes)',
    'time-taken': 'Dauer (time-taken)',
    'cs-version': 'Protokollversion (cs-version)',
    'cs-host': 'Host (cs-host)',
    'cs(User-Agent)': 'Benutzeragent (cs(User-Agent))',
    'cs(Cookie)': 'Cookie (cs(Cookie))',
    'cs(Referer)': 'Verweis (cs(Referer))',
  },
};
