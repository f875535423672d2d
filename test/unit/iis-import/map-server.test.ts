import { describe, expect, it } from 'vitest';
import { mapServer } from '../../../electron/iis-import/map-server.ts';
import { decodeExport, encodeExport } from '../../../electron/settings/settings-export.ts';
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';
import { ipList, serverOf, serverWith } from './fixture.ts';

const rowOf = (mapped: ReturnType<typeof mapServer>, property: string, setting?: string) =>
  mapped.rows.find((row) => row.property === property && (setting === undefined || row.setting === setting));

describe('mapServer', () => {
  it('makes the relay of a certification authority of its original', () => {
    const { values, missingSecrets } = mapServer(serverOf('ca-relay'));
    expect(values).toMatchObject({
      'general.name': 'SMTP Virtual Server #1 (IIS)',
      'general.listen': ['*:25'],
      'general.connectionLimit': null,
      'general.connectionTimeout': 600,
      'access.anonymous': true,
      'access.relayMode': 'onlyListed',
      'access.relayList': ['127.0.0.1'],
      'access.relayAuthenticated': true,
      'messages.sizeLimit': 2_097_152,
      'messages.messagesPerConnection': 20,
      'delivery.retryIntervals': [900, 1_800, 3_600, 14_400],
      'delivery.expiration': 172_800,
      'delivery.smartHosts': ['10.20.30.40'],
      'delivery.directFirst': false,
      'delivery.fullyQualifiedName': 'ca01.corp.example.com',
      'delivery.hopLimit': 15,
      'domains.default': 'ca01.corp.example.com',
      'logging.fields': ['time', 'c-ip', 'cs-method', 'cs-uri-stem', 'sc-status'],
    } satisfies Partial<ServerSettings>);
    expect(missingSecrets).toEqual([]);
  });

  it('maps everything an administrator can set', () => {
    const { values, missingSecrets } = mapServer(serverOf('everything'));
    expect(values).toEqual({
      'general.name': 'Relay of the PKI',
      'general.state': 'stopped',
      'general.listen': ['10.1.1.5:25', '*:587'],
      'general.connectionLimit': 500,
      'general.connectionTimeout': 300,
      'logging.enabled': true,
      'logging.period': 'bySize',
      'logging.fileSizeLimit': 52_428_800,
      'logging.localTime': true,
      'logging.folder': '',
      'logging.fields': [
        ...['date', 'time', 'c-ip', 'cs-username', 'cs-method', 'cs-uri-stem', 'cs-uri-query', 'sc-status'],
        ...['sc-win32-status', 'sc-bytes', 'time-taken'],
      ],
      'access.anonymous': true,
      'access.basic': true,
      'access.requireTls': true,
      'access.connectionMode': 'allExceptListed',
      'access.connectionList': ['192.0.2.9'],
      'access.relayMode': 'onlyListed',
      'access.relayList': ['127.0.0.1', '10.1.1.5', '10.9.0.0/255.255.255.0'],
      'access.relayAuthenticated': false,
      'messages.sizeLimit': 4_194_304,
      'messages.sessionSizeLimit': null,
      'messages.messagesPerConnection': 50,
      'messages.recipientLimit': 200,
      'messages.reportCopyTo': 'pki@corp.example.com',
      'messages.badmailFolder': '',
      'messages.pickupFolder': '',
      'domains.dropFolder': 'E:\\Mail\\In',
      'delivery.retryIntervals': [300, 600, 1_200, 3_600],
      'delivery.delayNotification': 3_600,
      'delivery.expiration': 259_200,
      'delivery.localDelayNotification': 1_800,
      'delivery.localExpiration': 86_400,
      'delivery.tlsMode': 'required',
      'delivery.authentication': 'basic',
      'delivery.userName': 'relay@example.net',
      'delivery.connectionLimit': 200,
      'delivery.connectionsPerDestination': 20,
      'delivery.connectionTimeout': 120,
      'delivery.outboundPort': 587,
      'delivery.hopLimit': 30,
      'delivery.masqueradeDomain': 'pki.example.com',
      'delivery.fullyQualifiedName': 'ca01.corp.example.com',
      'delivery.smartHosts': ['smtp.example.net'],
      'delivery.directFirst': true,
      'delivery.reverseLookup': true,
      'domains.default': 'ca01.corp.example.com',
      'domains.aliases': ['pki.corp.example.com'],
      'domains.remote': [
        remote({ name: 'partner.example.org', relayAllowed: true, smartHosts: ['192.0.2.25'] }),
        remote({
          name: '*.example.net',
          helo: true,
          smartHosts: ['mx.example.net:2525'],
          security: security({ tlsMode: 'required', authentication: 'basic', userName: 'us' }),
        }),
        remote({ name: 'hold.example.com', held: true }),
        remote({ name: 'ntlm.example.com', smartHosts: ['ex.example.com'] }),
      ],
    });
    expect(missingSecrets).toEqual(['delivery.password', 'domain:*.example.net:password']);
  });

  it('gives settings that an import takes', () => {
    for (const [name, number] of [
      ['ca-relay', 1],
      ['everything', 1],
      ['everything', 2],
    ] as const) {
      const { values } = mapServer(serverOf(name, number));
      expect(() => decodeExport(encodeExport(values))).not.toThrow();
    }
  });

  it('says of each property what becomes of it', () => {
    const mapped = mapServer(serverOf('everything'));
    expect(rowOf(mapped, 'MaxMessageSize')).toMatchObject({ value: '4194304', newValue: 4_194_304, remark: 'same' });
    expect(rowOf(mapped, 'BadMailDirectory')).toMatchObject({ remark: 'changed', reason: 'ownFolder' });
    expect(rowOf(mapped, 'AccessSSLFlags')).toMatchObject({ remark: 'changed', reason: 'certificateNeeded' });
    for (const [property, reason] of [
      ['SendBadTo', 'notUsed'],
      ['AdminACL', 'operators'],
      ['SaslLogonDomain', 'windowsAccounts'],
      ['SSLCertHash', 'certificateNeeded'],
      ['RoutePassword', 'passwordAgain'],
      ['ConnectResponse', 'notUsed'],
      ['QueueDirectory', 'ownFolder'],
    ] as const) {
      expect(rowOf(mapped, property), property).toMatchObject({ setting: null, remark: 'noEquivalent', reason });
    }
    expect(mapped.rows.filter(({ domain }) => domain === 'ntlm.example.com').map(({ reason }) => reason)).toContain(
      'windowsLogon',
    );
    expect(mapped.rows.find(({ domain, field }) => domain === 'hold.example.com' && field === 'held')).toMatchObject({
      reason: 'heldByHand',
    });
  });

  it('never shows a password, encrypted as it is', () => {
    expect(JSON.stringify(mapServer(serverOf('everything')).rows)).not.toContain('49634462');
  });

  describe('who may relay', () => {
    const relayOf = (properties: Readonly<Record<string, string>>) => {
      const mapped = mapServer(serverWith(properties));
      return [
        mapped.values['access.relayMode'],
        mapped.values['access.relayList'],
        rowOf(mapped, 'RelayIpList')?.reason,
      ];
    };

    it('is nobody where the list is not set', () => {
      expect(relayOf({})).toEqual(['onlyListed', [], undefined]);
    });

    it('is this computer alone where the original let everybody', () => {
      expect(relayOf({ RelayIpList: '' })).toEqual(['onlyListed', ['host'], 'closedRelay']);
    });

    it('is this computer alone where the list cannot be read', () => {
      expect(relayOf({ RelayIpList: '0102' })).toEqual(['onlyListed', ['host'], 'listNotRead']);
    });

    it('is everybody but those of the list where it says so', () => {
      const denied = ipList({ denied: [{ mask: '255.255.0.0', addresses: ['10.5.0.0'] }] });
      expect(relayOf({ RelayIpList: denied })).toEqual(['allExceptListed', ['10.5.0.0/255.255.0.0'], null]);
    });
  });

  it('lets only this computer connect where the connection list cannot be read, everybody where it is empty', () => {
    expect(mapServer(serverWith({ IPSecurity: '0102' })).values).toMatchObject({
      'access.connectionMode': 'onlyListed',
      'access.connectionList': ['host'],
    });
    expect(mapServer(serverWith({ IPSecurity: '' })).values).toMatchObject({
      'access.connectionMode': 'allExceptListed',
      'access.connectionList': [],
    });
  });

  it('brings numbers into our ranges and says so', () => {
    const mapped = mapServer(serverWith({ HopCount: '5', MaxOutConnections: '50000', MaxRecipients: '4294967295' }));
    expect(rowOf(mapped, 'HopCount')).toMatchObject({ newValue: 10, reason: 'clamped' });
    expect(rowOf(mapped, 'MaxOutConnections')).toMatchObject({ newValue: 10_000, reason: 'clamped' });
    expect(rowOf(mapped, 'MaxRecipients')).toMatchObject({ newValue: null, remark: 'same' });
  });

  it('keeps the default where a value is not understood', () => {
    const mapped = mapServer(
      serverWith({ MasqueradeDomain: 'not a domain', SmtpRemoteProgressiveRetry: 'soon', MaxMessageSize: 'big' }),
    );
    for (const property of ['MasqueradeDomain', 'SmtpRemoteProgressiveRetry', 'MaxMessageSize']) {
      expect(rowOf(mapped, property), property).toMatchObject({ remark: 'changed', reason: 'notUnderstood' });
    }
    expect(mapped.values).not.toHaveProperty(['delivery.retryIntervals']);
  });

  it('speaks of LDAP and commands only where somebody changed them', () => {
    const reasons = (properties: Readonly<Record<string, string>>) =>
      mapServer(serverWith(properties))
        .rows.map(({ reason }) => reason)
        .filter((reason) => reason !== 'tlsWhereOffered' && reason !== null);
    expect(reasons({ SmtpDsHost: 'dc', SmtpDsUseCat: '0', SmtpInboundCommandSupportOptions: '7697601' })).toEqual([]);
    expect(reasons({ SmtpDsUseCat: '1', SmtpInboundCommandSupportOptions: '1' })).toEqual(['ldap', 'commandSet']);
  });

  it('verifies certificates where the original did', () => {
    const checks = { SmtpSSLRequireTrustedCA: 'TRUE', SmtpSSLCertHostnameValidation: 'TRUE' };
    const tlsOf = (properties: Readonly<Record<string, string>>) =>
      mapServer(serverWith(properties)).values['delivery.tlsMode'];
    expect(tlsOf({ AlwaysUseSsl: 'TRUE' })).toBe('required');
    expect(tlsOf({ AlwaysUseSsl: 'TRUE', ...checks })).toBe('verified');
    expect(tlsOf({ AlwaysUseSsl: 'FALSE', ...checks })).toBe('opportunistic');
  });

  it('verifies certificates of the hosts of a domain where the server does', () => {
    const server = serverWith({ SmtpSSLRequireTrustedCA: 'TRUE', SmtpSSLCertHostnameValidation: 'TRUE' });
    const key = serverWith({ RouteAction: '4' }).key;
    const { values } = mapServer({ ...server, domains: [{ name: 'example.org', key }] });
    expect(values['domains.remote']?.[0]?.security?.tlsMode).toBe('verified');
  });

  it('uses no smart host that the original did not use', () => {
    const mapped = mapServer(serverWith({ SmartHost: 'old.example.org', SmartHostType: '0' }));
    expect(mapped.values['delivery.smartHosts']).toEqual([]);
    expect(rowOf(mapped, 'SmartHost')).toMatchObject({ reason: 'smartHostUnused' });
  });

  it.each([
    ['0', '4294967295', 'unlimited'],
    ['0', '20971520', 'bySize'],
    ['4', '20971520', 'hourly'],
  ])('reads log period %s with size %s as %s', (period, size, expected) => {
    const { values } = mapServer(serverWith({ LogFilePeriod: period, LogFileTruncateSize: size }));
    expect(values['logging.period']).toBe(expected);
  });
});

const security = (part: object) => ({
  tlsMode: 'opportunistic',
  implicitTls: false,
  caFile: '',
  authentication: 'none',
  userName: '',
  oauthTokenEndpoint: '',
  oauthClientId: '',
  oauthScope: '',
  ...part,
});

const remote = (part: object) => ({
  relayAllowed: false,
  helo: false,
  smartHosts: [],
  port: null,
  held: false,
  security: null,
  ...part,
});
