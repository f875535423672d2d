/** The fields of a remote domain as options of a command. Pure. */
import { type Command, Option } from 'commander';
import {
  type OutboundSecurity,
  outboundAuthentications,
  outboundSecuritySchema,
  tlsModes,
} from '../../shared/settings/outbound-security.ts';
import type { RemoteDomain } from '../../shared/settings/remote-domain.ts';
import { collect, parseWhole } from './argument-parsers.ts';

/** What is not given stays as it is. */
export interface DomainOptions {
  /** False: by DNS. */
  readonly smartHost?: readonly string[] | false;
  /** False: the port of the server. */
  readonly port?: number | false;
  readonly held?: boolean;
  readonly helo?: boolean;
  readonly allowRelay?: boolean;
  /** False: TLS and authentication of the server. */
  readonly security?: boolean;
  readonly tls?: OutboundSecurity['tlsMode'];
  readonly implicitTls?: boolean;
  readonly caFile?: string;
  readonly auth?: OutboundSecurity['authentication'];
  readonly user?: string;
  readonly oauthTokenEndpoint?: string;
  readonly oauthClientId?: string;
  readonly oauthScope?: string;
}

export function addDomainOptions(command: Command): Command {
  return command
    .option('--smart-host <host[:port]>', 'gateway for this domain; several times, in order', collectHost)
    .option('--no-smart-host', 'the mail servers of the domain by DNS')
    .option('--port <number>', 'port of the remote server', parseWhole(1, 65_535))
    .option('--no-port', 'the port of the virtual server')
    .option('--held', 'mail waits until it is released')
    .option('--no-held', 'mail is sent')
    .option('--helo', 'HELO instead of EHLO: neither TLS nor authentication')
    .option('--no-helo', 'EHLO')
    .option('--allow-relay', 'everybody who may connect may send to this domain')
    .option('--no-allow-relay', 'the relay restrictions decide')
    .option('--no-security', 'TLS and authentication as for the virtual server')
    .addOption(new Option('--tls <mode>', 'TLS for this domain').choices(tlsModes))
    .option('--implicit-tls', 'TLS from the first octet, usually on port 465')
    .option('--no-implicit-tls', 'STARTTLS')
    .option('--ca-file <file>', 'PEM file with further authorities')
    .addOption(new Option('--auth <method>', 'how to authenticate there').choices(outboundAuthentications))
    .option('--user <name>', 'user name, or the mailbox with oauth2')
    .option('--oauth-token-endpoint <address>', 'web address that issues tokens')
    .option('--oauth-client-id <id>', 'application (client) id')
    .option('--oauth-scope <scope>', 'permission to ask for');
}

/** `--no-smart-host` leaves false behind. */
const collectHost = (text: string, before: readonly string[] | boolean | undefined): readonly string[] =>
  collect(text, Array.isArray(before) ? before : []);

/** Checked by whoever saves it. */
export function withDomainOptions(domain: RemoteDomain, options: DomainOptions): RemoteDomain {
  const { smartHost, port, held, helo, allowRelay } = options;
  return {
    ...domain,
    ...(smartHost === undefined ? {} : { smartHosts: smartHost === false ? [] : [...smartHost] }),
    ...(port === undefined ? {} : { port: port === false ? null : port }),
    ...(held === undefined ? {} : { held }),
    ...(helo === undefined ? {} : { helo }),
    ...(allowRelay === undefined ? {} : { relayAllowed: allowRelay }),
    security: securityOf(domain.security, options),
  };
}

function securityOf(before: OutboundSecurity | null, options: DomainOptions): OutboundSecurity | null {
  const given = Object.entries({
    tlsMode: options.tls,
    implicitTls: options.implicitTls,
    caFile: options.caFile,
    authentication: options.auth,
    userName: options.user,
    oauthTokenEndpoint: options.oauthTokenEndpoint,
    oauthClientId: options.oauthClientId,
    oauthScope: options.oauthScope,
  }).filter(([, value]) => value !== undefined);
  const start = options.security === false ? null : before;
  if (given.length === 0) return start;
  return { ...(start ?? outboundSecuritySchema.parse({})), ...Object.fromEntries(given) };
}
