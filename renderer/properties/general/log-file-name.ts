/** What a log file will be called, as IIS 6 shows it in the dialog: letters in place of the date. Pure. */
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';

const fileNames: Readonly<Record<ServerSettings['logging.period'], string>> = {
  hourly: 'exyymmddhh.log',
  daily: 'exyymmdd.log',
  weekly: 'exyymmww.log',
  monthly: 'exyymm.log',
  unlimited: 'extend1.log',
  bySize: 'extendn.log',
};

/** 'SMTPSVC1\exyymmdd.log' below the log file directory. */
export const logFileName = (serverId: string, period: ServerSettings['logging.period']): string =>
  `SMTPSVC${serverId}\\${fileNames[period]}`;
