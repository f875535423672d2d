/** Tab Delivery: retries, outbound security, connections, smart host. Pure. */
import { formatSmartHost, parseSmartHost } from '../../shared/settings/address.ts';
import type { Mapping } from './mapping.ts';
import { outboundSecurityOf, routeBits, routeFlagText } from './route-action.ts';

const minutes = 60;

export function mapDelivery(mapping: Mapping): void {
  mapRetries(mapping);
  mapSecurity(mapping);
  mapping.setNumber('delivery.connectionLimit', { property: 'MaxOutConnections' });
  mapping.setNumber('delivery.connectionsPerDestination', { property: 'MaxOutConnectionsPerDomain' });
  mapping.setNumber('delivery.connectionTimeout', { property: 'RemoteTimeout' });
  mapping.setNumber('delivery.outboundPort', { property: 'RemoteSmtpPort' });
  mapping.setNumber('delivery.hopLimit', { property: 'HopCount' });
  mapping.set('MasqueradeDomain', 'delivery.masqueradeDomain', textOf(mapping, 'MasqueradeDomain'));
  mapping.set('FullyQualifiedDomainName', 'delivery.fullyQualifiedName', textOf(mapping, 'FullyQualifiedDomainName'));
  mapSmartHost(mapping);
  mapping.set(
    'EnableReverseDnsLookup',
    'delivery.reverseLookup',
    mapping.key.switch('EnableReverseDnsLookup') === true,
  );
}

const textOf = (mapping: Mapping, property: string): string => mapping.key.text(property)?.trim() ?? '';

function mapRetries(mapping: Mapping): void {
  const intervals = textOf(mapping, 'SmtpRemoteProgressiveRetry')
    .split(/[,\s]+/)
    .filter((part) => part !== '')
    .map((part) => Number(part) * minutes);
  mapping.set('SmtpRemoteProgressiveRetry', 'delivery.retryIntervals', intervals.slice(0, 4));
  const inMinutes = (property: string) => ({ property, factor: minutes });
  mapping.setNumber('delivery.delayNotification', inMinutes('SmtpRemoteDelayExpireMinutes'));
  mapping.setNumber('delivery.expiration', inMinutes('SmtpRemoteNDRExpireMinutes'));
  mapping.setNumber('delivery.localDelayNotification', inMinutes('SmtpLocalDelayExpireMinutes'));
  mapping.setNumber('delivery.localExpiration', inMinutes('SmtpLocalNDRExpireMinutes'));
  mapping.noEquivalent('LocalRetryInterval', 'localRetries');
  mapping.noEquivalent('SmtpRemoteRetryThreshold', 'quickRetries');
}

/** The server's own: of RouteAction, and the older switch beside it. */
function mapSecurity(mapping: Mapping): void {
  const { key } = mapping;
  const bits = key.bits('RouteAction', new Map()) ?? 0;
  const alwaysTls = key.switch('AlwaysUseSsl') === true;
  const security = outboundSecurityOf(bits | (alwaysTls ? routeBits.tls : 0), key);
  const text = routeFlagText(bits);
  // Without TLS the original never encrypts; we do where it is offered, and fail no mail by it.
  const tlsReason =
    security.tlsMode === 'opportunistic' ? 'tlsWhereOffered' : security.tlsMode === 'verified' ? 'tlsVerified' : null;
  mapping.setAs('RouteAction', text, 'delivery.tlsMode', security.tlsMode, tlsReason);
  if (alwaysTls) mapping.set('AlwaysUseSsl', 'delivery.tlsMode', security.tlsMode, tlsReason);
  else mapping.ignore(['AlwaysUseSsl']);
  mapping.setAs('RouteAction', text, 'delivery.authentication', security.authentication);
  if ((bits & routeBits.windowsLogon) !== 0) {
    mapping.noEquivalent('RouteAction', 'windowsLogon', routeFlagText(bits & routeBits.windowsLogon));
  }
  if (security.authentication === 'basic') mapping.set('RouteUserName', 'delivery.userName', security.userName);
  else mapping.ignore(['RouteUserName']);
  if (security.authentication === 'basic') mapping.noEquivalent('RoutePassword', 'passwordAgain', '***');
  mapping.ignore(['RoutePassword', 'SmtpSSLRequireTrustedCA', 'SmtpSSLCertHostnameValidation']);
}

function mapSmartHost(mapping: Mapping): void {
  const { key } = mapping;
  const entries = textOf(mapping, 'SmartHost')
    .split(/[;,\s]+/)
    .filter((entry) => entry !== '')
    .map(canonicalSmartHost);
  const type = key.number('SmartHostType') ?? (entries.length === 0 ? 0 : 2);
  const used = type !== 0;
  mapping.set(
    'SmartHost',
    'delivery.smartHosts',
    used ? entries : [],
    used || entries.length === 0 ? null : 'smartHostUnused',
  );
  mapping.set('SmartHostType', 'delivery.directFirst', type === 1);
}

/** '[10.0.0.1]' told the original not to ask DNS; an address never does here. */
export function canonicalSmartHost(text: string): string {
  const host = parseSmartHost(text);
  return host === null ? text : formatSmartHost(host);
}
