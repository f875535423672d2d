import type { TFunction } from 'i18next';
import type { ServerStatus } from '../../shared/contract/servers.ts';
import { parseEndpoint } from '../../shared/settings/address.ts';
import type { IconName } from '../app/icons.ts';

const hasClosedListener = ({ state, listeners }: ServerStatus): boolean =>
  state === 'started' && listeners.some(({ problem }) => problem !== null);

export const serverIcon = (server: ServerStatus): IconName => {
  if (hasClosedListener(server)) return 'serverError';
  return ({ started: 'serverStarted', stopped: 'serverStopped', paused: 'serverPaused' } as const)[server.state];
};

export const stateText = (t: TFunction<'server'>, server: ServerStatus): string => {
  const state = t(`state.${server.state}`);
  return hasClosedListener(server) ? t('stateWithProblem', { state }) : state;
};

/** 'SMTP Virtual Server #1' in the square brackets the IIS console puts around it. */
export const serverCaption = ({ name }: Pick<ServerStatus, 'name'>): string => `[${name}]`;

interface AddressTexts {
  readonly addresses: string;
  readonly ports: string;
}

/** '127.0.0.1, ::1' and '25': each address and each port once, as configured. */
export const listenTexts = ({ listeners }: ServerStatus, allUnassigned: string): AddressTexts => {
  const endpoints = listeners.flatMap(({ endpoint }) => parseEndpoint(endpoint) ?? []);
  const unique = (texts: readonly string[]): string => [...new Set(texts)].join(', ');
  return {
    addresses: unique(endpoints.map(({ address }) => (address === '*' ? allUnassigned : address))),
    ports: unique(endpoints.map(({ port }) => String(port))),
  };
};
