/** Addresses as people write them in settings: endpoints, relay list entries, smart hosts. Pure text; no DNS. */
import * as z from 'zod';

export interface Endpoint {
  /** IPv4 or IPv6 literal; '*' is every address of the machine. */
  readonly address: string;
  readonly port: number;
}

export interface SmartHost {
  /** Host name or IP literal, without brackets. */
  readonly host: string;
  /** Null: the outbound port of the server. */
  readonly port: number | null;
}

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();
const hostName = z
  .string()
  .regex(
    /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*$/,
  );

export const isIpv4 = (text: string): boolean => ipv4.safeParse(text).success;
export const isIpv6 = (text: string): boolean => ipv6.safeParse(text).success;
export const isIpAddress = (text: string): boolean => isIpv4(text) || isIpv6(text);
/** A name of dotted labels; one that ends in digits alone is a mistyped address or range, not a name. */
export const isHostName = (text: string): boolean => hostName.safeParse(text).success && !/(?:^|\.)[0-9]+$/.test(text);

const parsePort = (text: string): number | null => {
  if (!/^[0-9]{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
};

/** Splits 'host:port', '[v6]:port', '[v4]', 'host'. Null when it is none of these. */
const splitHostPort = (text: string): { host: string; port: number | null } | null => {
  const bracketed = /^\[([^\]]+)\](?::([0-9]+))?$/.exec(text);
  const [, host, portText] = bracketed ?? /^([^:]+)(?::([0-9]+))?$/.exec(text) ?? [];
  if (host === undefined) return isIpv6(text) ? { host: text, port: null } : null;
  if (portText === undefined) return { host, port: null };
  const port = parsePort(portText);
  return port === null ? null : { host, port };
};

/** '127.0.0.1:25', '[::1]:25', '*:25'. Null when the text is not an endpoint. Port 0 is never valid here. */
export const parseEndpoint = (text: string): Endpoint | null => {
  const parts = splitHostPort(text);
  if (parts === null || parts.port === null) return null;
  return parts.host === '*' || isIpAddress(parts.host) ? { address: parts.host, port: parts.port } : null;
};

export const formatEndpoint = ({ address, port }: Endpoint): string =>
  `${isIpv6(address) ? `[${address}]` : address}:${port}`;

/** 'mail.example.org', 'mail.example.org:587', '10.1.2.3', '[10.1.2.3]:25', '[2001:db8::1]:25'. */
export const parseSmartHost = (text: string): SmartHost | null => {
  const parts = splitHostPort(text);
  if (parts === null) return null;
  return isHostName(parts.host) || isIpAddress(parts.host) ? parts : null;
};

export const formatSmartHost = ({ host, port }: SmartHost): string => {
  const shown = isIpv6(host) ? `[${host}]` : host;
  return port === null ? shown : `${shown}:${port}`;
};

/** The entry that means "this computer": loopback and every address of its own, whatever they are today. */
export const thisComputerEntry = 'host';

/** A subnet mask is ones followed by zeros. */
const isSubnetMask = (text: string): boolean => {
  if (!isIpv4(text)) return false;
  const bits = text
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits);
};

/** 'example.org', or '*.example.org' for every domain below it. */
export const isMailDomain = (text: string): boolean => isHostName(text.startsWith('*.') ? text.slice(2) : text);

/** A computer by its name in DNS: 'ca01.example.org', or '*.example.org' for every computer of a domain. */
export const isDomainEntry = (text: string): boolean => text.includes('.') && isMailDomain(text);

/** An address, address/mask, CIDR (both families), a name of DNS, or 'host' for this computer. */
export const isRelayEntry = (text: string): boolean => {
  if (text === thisComputerEntry || isIpAddress(text) || isDomainEntry(text)) return true;
  const slash = text.indexOf('/');
  if (slash < 0) return false;
  const [address, range] = [text.slice(0, slash), text.slice(slash + 1)];
  if (isIpv4(address)) return isSubnetMask(range) || (/^[0-9]{1,2}$/.test(range) && Number(range) <= 32);
  return isIpv6(address) && /^[0-9]{1,3}$/.test(range) && Number(range) <= 128;
};
