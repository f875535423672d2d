/**
 * Conditions somebody should know about although nobody asked. Codes and event ids are stable: monitoring refers to them.
 * Ids of the Windows event log are 1 to 1000, all that its own command line tool takes.
 */
export const warningCodes = [
  'listenerNotBound',
  'destinationUnreachable',
  'diskLow',
  'damagedFiles',
  'openRelay',
  'badmail',
  'oldestMessage',
  'queueDepth',
  'certificateExpiring',
  'certificateProblem',
  'protocolLogFailing',
  'pickupFailing',
  'storageFailing',
] as const;
export type WarningCode = (typeof warningCodes)[number];

export type Severity = 'information' | 'warning' | 'error';

export const warningEvents: Readonly<Record<WarningCode, { readonly eventId: number; readonly severity: Severity }>> = {
  listenerNotBound: { eventId: 110, severity: 'error' },
  destinationUnreachable: { eventId: 120, severity: 'warning' },
  oldestMessage: { eventId: 121, severity: 'warning' },
  queueDepth: { eventId: 122, severity: 'warning' },
  diskLow: { eventId: 130, severity: 'error' },
  storageFailing: { eventId: 131, severity: 'error' },
  damagedFiles: { eventId: 132, severity: 'warning' },
  badmail: { eventId: 133, severity: 'warning' },
  certificateExpiring: { eventId: 140, severity: 'warning' },
  certificateProblem: { eventId: 141, severity: 'error' },
  openRelay: { eventId: 150, severity: 'warning' },
  protocolLogFailing: { eventId: 160, severity: 'warning' },
  pickupFailing: { eventId: 161, severity: 'warning' },
};

export const relayStartedEventId = 100;
export const relayStoppedEventId = 101;
/** As a service, it could not start or ended by itself. */
export const serviceFailedEventId = 102;
/** Written by the installation, which makes the event source known. */
export const serviceInstalledEventId = 103;
/** A console has changed how the certification authority sends its mail; the text has the command. */
export const caSettingChangedEventId = 104;
/** A condition has ended; the text names it. */
export const conditionEndedEventId = 109;
