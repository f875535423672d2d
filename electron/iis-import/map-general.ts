/** Tab General: where the server listens, its limits, its log. Pure. */
import type { ProtocolLogField } from '../../shared/settings/logging-settings.ts';
import { endpointsOf } from './iis-servers.ts';
import type { Mapping } from './mapping.ts';

/** iiscnfg.h, MD_EXTLOG_…; the names as MetaBase.xml has them. */
const logFields: readonly (readonly [bit: number, name: string, field: ProtocolLogField])[] = [
  [0x0000_0001, 'LogExtFileDate', 'date'],
  [0x0000_0002, 'LogExtFileTime', 'time'],
  [0x0000_0004, 'LogExtFileClientIp', 'c-ip'],
  [0x0000_0008, 'LogExtFileUserName', 'cs-username'],
  [0x0000_0010, 'LogExtFileSiteName', 's-sitename'],
  [0x0000_0020, 'LogExtFileComputerName', 's-computername'],
  [0x0000_0040, 'LogExtFileServerIp', 's-ip'],
  [0x0000_8000, 'LogExtFileServerPort', 's-port'],
  [0x0000_0080, 'LogExtFileMethod', 'cs-method'],
  [0x0000_0100, 'LogExtFileUriStem', 'cs-uri-stem'],
  [0x0000_0200, 'LogExtFileUriQuery', 'cs-uri-query'],
  [0x0000_0400, 'LogExtFileHttpStatus', 'sc-status'],
  [0x0000_0800, 'LogExtFileWin32Status', 'sc-win32-status'],
  [0x0000_1000, 'LogExtFileBytesSent', 'sc-bytes'],
  [0x0000_2000, 'LogExtFileBytesRecv', 'cs-bytes'],
  [0x0000_4000, 'LogExtFileTimeTaken', 'time-taken'],
  [0x0008_0000, 'LogExtFileProtocolVersion', 'cs-version'],
  [0x0010_0000, 'LogExtFileHost', 'cs-host'],
  [0x0001_0000, 'LogExtFileUserAgent', 'cs(User-Agent)'],
  [0x0002_0000, 'LogExtFileCookie', 'cs(Cookie)'],
  [0x0004_0000, 'LogExtFileReferer', 'cs(Referer)'],
];
const logFieldBits = new Map(logFields.map(([bit, name]) => [name, bit]));

const w3cLog = '{FF160663-DE82-11CF-BC0A-00AA006111E0}';
const periods = ['bySize', 'daily', 'weekly', 'monthly', 'hourly'] as const;
const unlimitedBytes = 4_294_967_295;

export function mapGeneral(mapping: Mapping, name: string): void {
  mapping.setAs('ServerComment', mapping.key.text('ServerComment') ?? '', 'general.name', name);
  // It never listened where nobody looks: a new server waits until somebody has seen its settings.
  mapping.set('ServerAutoStart', 'general.state', 'stopped', 'beginsStopped');
  mapping.set('ServerBindings', 'general.listen', [...endpointsOf(mapping.key)]);
  mapping.noEquivalent('SecureBindings', 'certificateNeeded');
  mapping.setNumber('general.connectionLimit', { property: 'MaxConnections' });
  mapping.setNumber('general.connectionTimeout', { property: 'ConnectionTimeout' });
  mapLog(mapping);
}

function mapLog(mapping: Mapping): void {
  const { key } = mapping;
  mapping.set('LogType', 'logging.enabled', key.switch('LogType') === true);
  if ((key.text('LogPluginClsid') ?? w3cLog).toUpperCase() !== w3cLog) {
    mapping.noEquivalent('LogPluginClsid', 'otherLogFormat');
  }
  mapping.ignore(['LogPluginClsid']);
  const period = periods[key.number('LogFilePeriod') ?? -1];
  const isUnlimited = key.number('LogFileTruncateSize') === unlimitedBytes;
  if (period !== undefined) {
    mapping.set('LogFilePeriod', 'logging.period', period === 'bySize' && isUnlimited ? 'unlimited' : period);
  }
  if (isUnlimited) mapping.ignore(['LogFileTruncateSize']);
  else mapping.setNumber('logging.fileSizeLimit', { property: 'LogFileTruncateSize' });
  mapping.set('LogFileLocaltimeRollover', 'logging.localTime', key.switch('LogFileLocaltimeRollover') === true);
  // Two services must not write into one file.
  mapping.set('LogFileDirectory', 'logging.folder', '', 'ownFolder');
  const bits = key.bits('LogExtFileFlags', logFieldBits);
  if (bits === null) mapping.noEquivalent('LogExtFileFlags', 'notUnderstood');
  else {
    const fields = logFields.filter(([bit]) => (bits & bit) !== 0).map(([, , field]) => field);
    mapping.set('LogExtFileFlags', 'logging.fields', fields);
  }
}
