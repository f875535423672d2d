/** The domains of a server: local ones, and remote ones with their way out. Pure. */
import type { MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import { isMailDomain } from '../../shared/settings/address.ts';
import { type RemoteDomain, remoteDomainSchema } from '../../shared/settings/remote-domain.ts';
import type { IisDomain } from './iis-servers.ts';
import { canonicalSmartHost } from './map-delivery.ts';
import type { Mapping } from './mapping.ts';
import { outboundSecurityOf, routeBits, routeFlagText } from './route-action.ts';

export function mapDomains(mapping: Mapping, domains: readonly IisDomain[]): void {
  const given = mapping.key.text('DefaultDomain')?.trim() ?? '';
  const local: string[] = [];
  const remote: RemoteDomain[] = [];
  let fromEntry = '';
  for (const domain of domains) {
    const bits = domain.key.bits('RouteAction', new Map()) ?? 0;
    if (!isMailDomain(domain.name)) addNotUnderstood(mapping, domain);
    else if ((bits & routeBits.defaultDomain) !== 0) fromEntry = domain.name;
    else if ((bits & routeBits.alias) !== 0) local.push(domain.name);
    else if ((bits & (routeBits.deliver | routeBits.drop)) !== 0) {
      local.push(domain.name);
      addRow(mapping, domain, { setting: 'domains.aliases', newValue: [domain.name], reason: 'localDomain' });
    } else remote.push(mapRemote(mapping, domain, bits));
  }
  const byName = given === '' ? fromEntry : given;
  if (byName !== '') {
    mapping.setAs(given === '' ? 'RouteAction' : 'DefaultDomain', byName, 'domains.default', byName);
  }
  const aliases = local.filter((name) => name.toLowerCase() !== byName.toLowerCase());
  if (aliases.length > 0) mapping.setAs('RouteAction', aliases.join(', '), 'domains.aliases', aliases);
  if (remote.length > 0) mapping.values['domains.remote'] = remote;
}

interface NewField {
  readonly setting?: MappingRow['setting'];
  readonly field?: string;
  readonly newValue: unknown;
  readonly reason?: MappingRow['reason'];
  readonly property?: string;
  readonly value?: string;
}

function addRow(
  mapping: Mapping,
  domain: IisDomain,
  { setting = 'domains.remote', field, newValue, reason = null, property = 'RouteAction', value }: NewField,
): void {
  mapping.add({
    property,
    domain: domain.name,
    value: value ?? routeFlagText(domain.key.bits('RouteAction', new Map()) ?? 0),
    setting,
    field: field ?? null,
    newValue,
    remark: setting === null ? 'noEquivalent' : reason === null ? 'same' : 'changed',
    reason,
  });
}

const addNotUnderstood = (mapping: Mapping, domain: IisDomain): void =>
  addRow(mapping, domain, {
    setting: null,
    newValue: null,
    reason: 'notUnderstood',
    property: 'Domain',
    value: domain.name,
  });

function mapRemote(mapping: Mapping, domain: IisDomain, bits: number): RemoteDomain {
  const has = (bit: number): boolean => (bits & bit) !== 0;
  const row = (field: NewField): void => addRow(mapping, domain, field);
  const smartHosts = has(routeBits.smartHost) ? hostsOf(domain) : [];
  const security = outboundSecurityOf(bits, domain.key, mapping.key);
  const ownSecurity = has(routeBits.tls) || security.authentication !== 'none';
  const { authentication, tlsMode, userName } = security;
  row({ newValue: domain.name, property: 'Domain', value: domain.name });
  if (has(routeBits.relayAllowed)) row({ field: 'relayAllowed', newValue: true });
  if (has(routeBits.helo)) row({ field: 'helo', newValue: true });
  if (smartHosts.length > 0) {
    const value = domain.key.text('RouteActionString') ?? '';
    row({ field: 'smartHosts', newValue: smartHosts, property: 'RouteActionString', value });
  }
  if (has(routeBits.held)) row({ field: 'held', newValue: true, reason: 'heldByHand' });
  if (ownSecurity) {
    row({ field: 'security.tlsMode', newValue: tlsMode, reason: tlsMode === 'verified' ? 'tlsVerified' : null });
    row({ field: 'security.authentication', newValue: authentication });
  }
  if (authentication === 'basic') {
    row({ field: 'security.userName', newValue: userName, property: 'RouteUserName', value: userName });
    row({ setting: null, newValue: null, reason: 'passwordAgain', property: 'RoutePassword', value: '***' });
  }
  if (has(routeBits.windowsLogon)) row({ setting: null, newValue: null, reason: 'windowsLogon' });
  if (has(routeBits.turn)) row({ setting: null, newValue: null, reason: 'notUsed' });
  return remoteDomainSchema.parse({
    name: domain.name,
    relayAllowed: has(routeBits.relayAllowed),
    helo: has(routeBits.helo),
    smartHosts,
    held: has(routeBits.held),
    security: ownSecurity ? security : null,
  });
}

/** Those we understand; the original allows one, and in brackets. */
const hostsOf = (domain: IisDomain): string[] =>
  (domain.key.text('RouteActionString') ?? '')
    .split(/[;,\s]+/)
    .map(canonicalSmartHost)
    .filter((text) => remoteDomainSchema.shape.smartHosts.safeParse([text]).success)
    .slice(0, 16);
