/** Rules of the Windows firewall as the registry keeps them: 'v2.31|Action=Allow|Active=TRUE|Dir=In|…', in no language. Pure. */

export interface FirewallRule {
  readonly name: string;
  readonly isAllowed: boolean;
  readonly isActive: boolean;
  readonly isInbound: boolean;
  /** Null: any. 6 is TCP. */
  readonly protocol: number | null;
  /** Empty: any. From and to, both included. */
  readonly localPorts: readonly (readonly [number, number])[];
  /** Program or service it is limited to; empty for none. */
  readonly program: string;
}

const tcp = 6;

/** Null for something else. */
export function parseFirewallRule(text: string): FirewallRule | null {
  const [version, ...parts] = text.split('|');
  if (version?.startsWith('v') !== true) return null;
  const fields = parts.flatMap((part): (readonly [string, string])[] => {
    const end = part.indexOf('=');
    return end < 0 ? [] : [[part.slice(0, end), part.slice(end + 1)]];
  });
  const field = (name: string): string => fields.find(([known]) => known === name)?.[1] ?? '';
  const protocol = field('Protocol');
  return {
    name: field('Name'),
    isAllowed: field('Action') === 'Allow',
    isActive: field('Active') === 'TRUE',
    isInbound: field('Dir') === 'In',
    protocol: protocol === '' ? null : Number(protocol),
    // 'LPort' is one port, 'LPort2_10' a range; either may come several times. Words such as RPC are other ports.
    localPorts: fields
      .filter(([name]) => name === 'LPort' || name === 'LPort2_10')
      .map(([, value]) => {
        const [from = '', to = from] = value.split('-');
        return [Number(from), Number(to)] as const;
      }),
    program: field('App') || field('Svc'),
  };
}

/**
 * In force for connections from outside to this port of ours: for whichever program listens there, or for our own. The latter is
 * what Windows makes, for all ports, when somebody answers its question about a program that begins to listen.
 */
export function concernsPort(rule: FirewallRule, port: number, ownProgram: string): boolean {
  if (!rule.isActive || !rule.isInbound || (rule.protocol !== null && rule.protocol !== tcp)) return false;
  const isOurs = rule.program.toLowerCase() === ownProgram.toLowerCase();
  if (rule.program !== '' && !isOurs) return false;
  if (isOurs && rule.localPorts.length === 0) return true;
  return rule.localPorts.some(([from, to]) => from <= port && port <= to);
}
