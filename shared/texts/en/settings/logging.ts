import type { TabTexts } from '../../setting-texts.ts';

export const loggingTexts: TabTexts<'logging'> = {
  'logging.enabled': {
    label: 'Enable logging',
    help: 'Writes each command and reply to log files in the W3C extended format, without passwords and message text. The latest lines are shown in the console in any case.',
  },
  'logging.period': {
    label: 'New log schedule',
    help: 'When a new log file is begun.',
  },
  'logging.fileSizeLimit': {
    label: 'When the file size reaches (MB)',
    help: 'The size at which a new log file is begun, if the schedule goes by file size.',
  },
  'logging.localTime': {
    label: 'Use local time for file naming and rollover',
    help: 'Names files and begins new ones by the time zone of this computer instead of UTC. Times inside the files are UTC in any case.',
  },
  'logging.folder': {
    label: 'Log file directory',
    help: 'The folder on a local disk for the log files. Empty: in the data folder of the relay.',
  },
  'logging.filesKept': {
    label: 'Limit number of log files to',
    help: 'When there are more, the oldest are deleted. IIS 6 never deletes any and can fill the disk.',
  },
  'logging.fields': {
    label: 'Extended properties',
    help: 'The fields of each line. Host, User Agent, Cookie and Referer never carry data for SMTP; they are there for programs that expect the columns of IIS 6.',
  },
};
