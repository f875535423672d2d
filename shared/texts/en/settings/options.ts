/** The words for the options of choices. Log fields as in IIS 6, with the name they have in the file. */
import type { SettingOptionTexts } from '../../setting-texts.ts';

const listModes = { onlyListed: 'Only the list below', allExceptListed: 'All except the list below' };

export const settingOptionTexts: SettingOptionTexts = {
  'general.state': { started: 'Started', stopped: 'Stopped', paused: 'Paused' },
  'access.connectionMode': listModes,
  'access.relayMode': listModes,
  'messages.reportLanguage': { en: 'English', de: 'German' },
  'delivery.tlsMode': {
    off: 'No encryption',
    opportunistic: 'If available',
    required: 'Required',
    verified: 'Required, certificate verified',
  },
  'delivery.authentication': {
    none: 'Anonymous access',
    basic: 'Basic authentication',
    oauth2: 'OAuth 2.0 (client credentials)',
  },
  'logging.period': {
    hourly: 'Hourly',
    daily: 'Daily',
    weekly: 'Weekly',
    monthly: 'Monthly',
    unlimited: 'Unlimited file size',
    bySize: 'When the file size reaches the limit',
  },
  'logging.fields': {
    date: 'Date (date)',
    time: 'Time (time)',
    'c-ip': 'Client IP Address (c-ip)',
    'cs-username': 'User Name (cs-username)',
    's-sitename': 'Service Name (s-sitename)',
    's-computername': 'Server Name (s-computername)',
    's-ip': 'Server IP Address (s-ip)',
    's-port': 'Server Port (s-port)',
    'cs-method': 'Method (cs-method)',
    'cs-uri-stem': 'URI Stem (cs-uri-stem)',
    'cs-uri-query': 'URI Query (cs-uri-query)',
    'sc-status': 'Protocol Status (sc-status)',
    'sc-win32-status': 'Win32 Status (sc-win32-status)',
    'sc-bytes': 'Bytes Sent (sc-bytes)',
    'cs-bytes': 'Bytes Received (cs-bytes)',
    'time-taken': 'Time Taken (time-taken)',
    'cs-version': 'Protocol Version (cs-version)',
    'cs-host': 'Host (cs-host)',
    'cs(User-Agent)': 'User Agent (cs(User-Agent))',
    'cs(Cookie)': 'Cookie (cs(Cookie))',
    'cs(Referer)': 'Referer (cs(Referer))',
  },
};
