import type { WarningCode } from '../../shared/contract/alerts.ts';
import type { SettingKey } from '../../shared/settings/server-settings.ts';

export type WarningTarget =
  | { readonly kind: 'queue' | 'badmail' | 'log' }
  /** The property sheet, at the field of this setting. */
  | { readonly kind: 'properties'; readonly setting: SettingKey };

const queue = { kind: 'queue' } as const;
const at = (setting: SettingKey): WarningTarget => ({ kind: 'properties', setting });

/** Where in the console one sees more of a condition or ends it; null where only the system helps. */
const targets: Readonly<Record<WarningCode, WarningTarget | null>> = {
  listenerNotBound: at('general.listen'),
  destinationUnreachable: queue,
  oldestMessage: queue,
  queueDepth: queue,
  diskLow: null,
  damagedFiles: null,
  storageFailing: null,
  badmail: { kind: 'badmail' },
  certificateExpiring: at('access.certificateFile'),
  certificateProblem: at('access.certificateFile'),
  openRelay: at('access.relayMode'),
  protocolLogFailing: at('logging.folder'),
  pickupFailing: at('messages.pickupFolder'),
};

export const warningTarget = (code: WarningCode): WarningTarget | null => targets[code];
