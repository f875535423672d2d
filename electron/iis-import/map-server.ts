/** Everything of a virtual server of IIS: the settings of the new one, and a row for each property. Pure. */
import type { MappingRow } from '../../shared/contract/computer/iis-import-calls.ts';
import { outboundSecret, type SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { IisServer } from './iis-servers.ts';
import { mapAccess } from './map-access.ts';
import { mapDelivery } from './map-delivery.ts';
import { mapDomains } from './map-domains.ts';
import { mapGeneral } from './map-general.ts';
import { mapMessages } from './map-messages.ts';
import { Mapping } from './mapping.ts';

export interface MappedServer {
  readonly values: Partial<ServerSettings>;
  readonly rows: readonly MappingRow[];
  readonly missingSecrets: readonly SecretName[];
}

/** Bookkeeping of the metabase, and what no console shows: a row would only be in the way. */
const bookkeeping = [
  'KeyType',
  'ServerState',
  'Win32Error',
  'ServerCommand',
  'MajorIIsVersionNumber',
  'MinorIIsVersionNumber',
  'MailboxDirectory',
  'UpdatedDefaultDomain',
  'UpdatedFQDN',
  'NTAuthenticationProviders',
  'NameResolutionType',
  'PostmasterEmail',
  'PostmasterName',
  'DomainRouting',
  'RoutingSources',
  'RoutingDll',
  'ShouldDeliver',
  'SmtpIpRestrictionFlag',
  'LogModuleId',
  'LogModuleUiId',
];

const ldapProperties = /^SmtpDs/;
const commandProperties = /^Smtp(?:Inbound|Outbound)CommandSupportOptions$/;
/** What a fresh installation has, inbound and outbound. */
const usualCommands: ReadonlySet<number> = new Set([7_697_601, 7]);

export function mapServer({ key, name, domains }: IisServer): MappedServer {
  const mapping = new Mapping(key);
  mapGeneral(mapping, name);
  mapAccess(mapping);
  mapMessages(mapping);
  mapDelivery(mapping);
  mapDomains(mapping, domains);
  mapping.noEquivalent('AdminACL', 'operators');
  mapRest(mapping);
  return { values: mapping.values, rows: mapping.rows, missingSecrets: missingSecretsOf(mapping.values) };
}

/** What somebody set on this server and nothing here is like. */
function mapRest(mapping: Mapping): void {
  mapping.ignore(bookkeeping);
  for (const property of mapping.key.ownNames) {
    if (mapping.done.has(property) || /^(?:[0-9]+$|UnknownName_)/.test(property)) continue;
    if (ldapProperties.test(property)) {
      if (mapping.key.switch('SmtpDsUseCat') === true) mapping.noEquivalent(property, 'ldap');
    } else if (commandProperties.test(property)) {
      if (!usualCommands.has(mapping.key.number(property) ?? 0)) mapping.noEquivalent(property, 'commandSet');
    } else mapping.noEquivalent(property, 'notUsed');
  }
}

function missingSecretsOf(values: Partial<ServerSettings>): readonly SecretName[] {
  const domains = (values['domains.remote'] ?? []).filter(({ security }) => security?.authentication === 'basic');
  return [
    ...(values['delivery.authentication'] === 'basic' ? [outboundSecret(null, 'password')] : []),
    ...domains.map(({ name }) => outboundSecret(name, 'password')),
  ];
}
