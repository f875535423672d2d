/** What the wizard for a new virtual server asks, and whether the answers can be used. Pure. */
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { formatEndpoint, isMailDomain, parseEndpoint } from '../../shared/settings/address.ts';
import { testSetting } from '../../shared/settings/check-setting.ts';

export interface NewServer {
  readonly name: string;
  /** '*' is every address of the computer. */
  readonly address: string;
  readonly portText: string;
  /** Empty: below the data folder. */
  readonly mailroot: string;
  /** Empty: none. */
  readonly defaultDomain: string;
}

export const newServerPages = ['name', 'address', 'folder', 'domain'] as const;
export type NewServerPage = (typeof newServerPages)[number];

type Servers = readonly Pick<ServerStatus, 'name' | 'listeners'>[];

/** The server that has this endpoint already. As in IIS '*' and an address are two endpoints. */
export function ownerOf(servers: Servers, address: string, port: number): string | null {
  const text = formatEndpoint({ address, port }).toLowerCase();
  const owner = servers.find(({ listeners }) => listeners.some(({ endpoint }) => normal(endpoint) === text));
  return owner?.name ?? null;
}

const normal = (endpoint: string): string => {
  const parsed = parseEndpoint(endpoint);
  return (parsed === null ? endpoint : formatEndpoint(parsed)).toLowerCase();
};

const usualPort = 25;
/** Where to look for another one; 2525 is what people use beside 25. */
const firstOtherPort = 2_525;

/** 25, or else the first from 2525 on that no server of ours has at this address. */
export function freePortOf(servers: Servers, address: string): number {
  let port = usualPort;
  for (let other = firstOtherPort; ownerOf(servers, address, port) !== null; other += 1) port = other;
  return port;
}

/** '[SMTP Virtual Server #2]': the first number that no server is called by. */
export function freeName(servers: Servers): string {
  const names = new Set(servers.map(({ name }) => name));
  let number = servers.length + 1;
  while (names.has(`SMTP Virtual Server #${number}`)) number += 1;
  return `SMTP Virtual Server #${number}`;
}

export const endpointOf = ({ address, portText }: NewServer): string => {
  const port = portText.trim();
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};

export type NewServerProblem =
  | { readonly code: 'nameProblem' | 'portProblem' | 'folderProblem' | 'domainProblem' }
  | { readonly code: 'taken'; readonly endpoint: string; readonly server: string };

/** Why the wizard cannot leave this page. */
export function pageProblem(page: NewServerPage, entry: NewServer, servers: Servers): NewServerProblem | null {
  switch (page) {
    case 'name':
      return testSetting('general.name', entry.name).ok ? null : { code: 'nameProblem' };
    case 'address': {
      const endpoint = parseEndpoint(endpointOf(entry));
      if (endpoint === null) return { code: 'portProblem' };
      const server = ownerOf(servers, endpoint.address, endpoint.port);
      return server === null ? null : { code: 'taken', endpoint: formatEndpoint(endpoint), server };
    }
    case 'folder':
      return testSetting('general.mailroot', entry.mailroot.trim()).ok ? null : { code: 'folderProblem' };
    case 'domain': {
      const domain = entry.defaultDomain.trim();
      return domain === '' || (isMailDomain(domain) && !domain.startsWith('*')) ? null : { code: 'domainProblem' };
    }
  }
}

/** The page to go back to when the relay refuses an argument or setting; null: none of them. */
export function pageOfField(field: string | undefined): NewServerPage | null {
  if (field === undefined) return null;
  if (/name$/.test(field)) return 'name';
  if (field.includes('listen')) return 'address';
  if (field.includes('mailroot')) return 'folder';
  return /defaultDomain|domains\.default/.test(field) ? 'domain' : null;
}
