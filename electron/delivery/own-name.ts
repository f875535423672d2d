/** The name this server gives itself in EHLO and in reports. */
import { isHostName } from '../../shared/settings/address.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

/** The setting, or the name of this computer. An address literal when that is no host name (RFC 5321 section 4.1.3). */
export function ownName(
  settings: Pick<ServerSettings, 'delivery.fullyQualifiedName'>,
  computerName: () => string,
): string {
  const name = settings['delivery.fullyQualifiedName'] || computerName();
  return isHostName(name) ? name : '[127.0.0.1]';
}
