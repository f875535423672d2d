/** Who listens where, out of what the systems print. Pure. */
import { formatEndpoint } from '../../shared/settings/address.ts';

export interface ListeningSocket {
  /** '0.0.0.0' and '::' for all of the computer. */
  readonly address: string;
  readonly port: number;
  /** Null where the system does not tell us. */
  readonly processId: number | null;
  readonly processName: string | null;
  /** Further processes that hold the same socket: workers, or a child between its birth and its program. */
  readonly alsoHeldBy?: readonly number[];
}

/**
 * @param text  of `netstat.exe -ano`. The word for the state is translated; that a socket listens shows in its peer, which
 * has no port.
 */
export function parseNetstat(text: string): readonly ListeningSocket[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, address, port, processId] =
      /^\s*TCP\s+(\S+):(\d+)\s+(?:0\.0\.0\.0|\[::\]|\*):0\s+\S+\s+(\d+)\s*$/.exec(line) ?? [];
    if (address === undefined) return [];
    return [{ address: bare(address), port: Number(port), processId: Number(processId), processName: null }];
  });
}

/** @param text  of `ss -H -l -t -n -p`; processes of others only show for root. */
export function parseSs(text: string): readonly ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, address, port, rest = ''] = /^LISTEN\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(.*)$/.exec(line) ?? [];
    if (address === undefined) return [];
    const [holder, ...others] = [...rest.matchAll(/\("([^"]*)",pid=(\d+)/g)];
    return [
      {
        address: bare(address),
        port: Number(port),
        processId: holder === undefined ? null : Number(holder[2]),
        processName: holder?.[1] ?? null,
        ...(others.length === 0 ? {} : { alsoHeldBy: others.map(([, , processId]) => Number(processId)) }),
      },
    ];
  });
}

/** @param text  of /proc/net/tcp or tcp6, where there is no `ss`. Addresses of IPv6 are not told apart. */
export function parseProcNet(text: string): readonly ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    // Local address, peer, state: 0A is LISTEN.
    const [, address = '', port = ''] = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) \S+ 0A /.exec(line) ?? [];
    if (address === '') return [];
    const processId = null;
    return [{ address: procAddress(address), port: Number.parseInt(port, 16), processId, processName: null }];
  });
}

/** The kernel writes words of four octets in the order of the machine. */
function procAddress(hex: string): string {
  if (hex.length === 8)
    return (hex.match(/../g) ?? [])
      .map((octet) => Number.parseInt(octet, 16))
      .reverse()
      .join('.');
  if (/^0+$/.test(hex)) return '::';
  return hex === '00000000000000000000000001000000' ? '::1' : hex.toLowerCase();
}

/** Without brackets, and without the network card behind '%'. */
const bare = (address: string): string => {
  const plain = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  return plain === '*' ? '::' : plain;
};

/** A line of `tasklist.exe /SVC /FO CSV /NH`: program and services. Null when there is no such process. */
export function parseTask(text: string): string | null {
  const [, image, services = ''] = /^"([^"]+)","\d+","([^"]*)"/m.exec(text) ?? [];
  if (image === undefined) return null;
  // No service: 'N/A' or its translation, which no name of a service looks like.
  return /^[\w.-]+(?:,\s*[\w.-]+)*$/.test(services) ? `${image} (${services})` : image;
}

export const endpointOf = ({ address, port }: Pick<ListeningSocket, 'address' | 'port'>): string =>
  formatEndpoint({ address, port });

export const ownerOf = ({ processId, processName }: ListeningSocket): string =>
  processId === null ? '?' : processName === null ? `${processId}` : `${processName}, ${processId}`;
