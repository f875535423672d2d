import type { WarningCode } from '../../shared/contract/alerts.ts';

export type WarningTarget = 'queue' | 'badmail' | 'log' | 'properties';

/** Where in the console one sees more of a condition or ends it; null where only the system helps. */
const targets: Readonly<Record<WarningCode, WarningTarget | null>> = {
  listenerNotBound: 'properties',
  destinationUnreachable: 'queue',
  oldestMessage: 'queue',
  queueDepth: 'queue',
  diskLow: null,
  damagedFiles: null,
  storageFailing: null,
  badmail: 'badmail',
  certificateExpiring: 'properties',
  certificateProblem: 'properties',
  openRelay: 'properties',
  protocolLogFailing: 'log',
  pickupFailing: 'properties',
};

export const warningTarget = (code: WarningCode): WarningTarget | null => targets[code];
