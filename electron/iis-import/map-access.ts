/** Tab Access: who may connect, log in and relay. Pure. Where the original cannot be read for certain, the door stays shut. */
import { isRelayEntry, thisComputerEntry } from '../../shared/settings/address.ts';
import { decodeIpSecurity, type IpSecurity } from './ip-security.ts';
import type { Mapping } from './mapping.ts';

const authFlags = new Map([
  ['AuthAnonymous', 1],
  ['AuthBasic', 2],
  ['AuthNTLM', 4],
]);
const sslFlags = new Map([
  ['AccessSSL', 8],
  ['AccessSSL128', 256],
]);
/** What the original's dialog accepts: a hundred thousand entries would be somebody's script. */
const maxEntries = 1_000;

export function mapAccess(mapping: Mapping): void {
  mapLogin(mapping);
  mapTls(mapping);
  mapConnectionList(mapping);
  mapRelayList(mapping);
  mapping.set('RelayForAuth', 'access.relayAuthenticated', mapping.key.switch('RelayForAuth') === true);
}

function mapLogin(mapping: Mapping): void {
  const { key } = mapping;
  const text = key.text('AuthFlags');
  const bits = key.bits('AuthFlags', authFlags);
  if (text !== null && bits === null) mapping.noEquivalent('AuthFlags', 'notUnderstood');
  else if (text !== null && bits !== null) {
    mapping.setAs('AuthFlags', text, 'access.anonymous', (bits & 1) !== 0);
    // Its users are accounts of Windows; ours are in a list of their own.
    const basic = (bits & 2) !== 0;
    mapping.setAs('AuthFlags', text, 'access.basic', basic, basic ? 'windowsAccounts' : null);
    if ((bits & 4) !== 0) mapping.noEquivalent('AuthFlags', 'windowsLogon', 'AuthNTLM');
  }
  mapping.noEquivalent('SaslLogonDomain', 'windowsAccounts');
}

function mapTls(mapping: Mapping): void {
  const { key } = mapping;
  const bits = key.bits('AccessSSLFlags', sslFlags);
  if (bits === null) mapping.noEquivalent('AccessSSLFlags', 'notUnderstood');
  else {
    const required = (bits & 8) !== 0;
    mapping.set('AccessSSLFlags', 'access.requireTls', required, required ? 'certificateNeeded' : null);
  }
  mapping.noEquivalent('SSLCertHash', 'certificateNeeded');
  mapping.ignore(['SSLStoreName', 'SslCtlIdentifier', 'SslCtlStoreName']);
}

function mapConnectionList(mapping: Mapping): void {
  const hex = mapping.key.text('IPSecurity');
  if (hex === null) return;
  const list = decodeIpSecurity(hex);
  if (list === null) {
    mapping.setAs('IPSecurity', hex, 'access.connectionMode', 'onlyListed', 'listNotRead');
    mapping.setAs('IPSecurity', hex, 'access.connectionList', [thisComputerEntry], 'listNotRead');
    return;
  }
  const entries = entriesOf(list);
  const text = textOf(list);
  // A list of those kept out with one missing would let that one in.
  const isOpen = list.grantByDefault && list.namesMissing;
  const reason = list.namesMissing ? 'namesNotRead' : null;
  const mode = list.grantByDefault && !isOpen ? 'allExceptListed' : 'onlyListed';
  mapping.setAs('IPSecurity', text, 'access.connectionMode', mode, reason);
  mapping.setAs('IPSecurity', text, 'access.connectionList', isOpen ? [thisComputerEntry] : entries, reason);
}

function mapRelayList(mapping: Mapping): void {
  const hex = mapping.key.text('RelayIpList');
  if (hex === null) {
    // Not set: nobody but those who log in.
    mapping.values['access.relayMode'] = 'onlyListed';
    mapping.values['access.relayList'] = [];
    return;
  }
  const list = decodeIpSecurity(hex);
  // Empty is "everybody" in the original, and the usual repair of Windows Server 2022 leaves it like that.
  const isOpen = list?.grantByDefault === true && (list.addresses.length === 0 || list.namesMissing);
  if (list === null || isOpen) {
    const text = list === null || hex.trim() !== '' ? hex : '""';
    const reason = list === null ? 'listNotRead' : list.namesMissing ? 'namesNotRead' : 'closedRelay';
    mapping.setAs('RelayIpList', text, 'access.relayMode', 'onlyListed', reason);
    mapping.setAs('RelayIpList', text, 'access.relayList', [thisComputerEntry], reason);
    return;
  }
  const text = textOf(list);
  const reason = list.namesMissing ? 'namesNotRead' : null;
  mapping.setAs(
    'RelayIpList',
    text,
    'access.relayMode',
    list.grantByDefault ? 'allExceptListed' : 'onlyListed',
    reason,
  );
  mapping.setAs('RelayIpList', text, 'access.relayList', entriesOf(list), reason);
}

const entriesOf = ({ addresses, names }: IpSecurity): string[] =>
  [...addresses, ...names].filter(isRelayEntry).slice(0, maxEntries);

const textOf = ({ grantByDefault, addresses, names }: IpSecurity): string =>
  `${grantByDefault ? '−' : '+'} ${[...addresses, ...names].join(', ')}`;
