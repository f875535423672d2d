/** The identities of a virtual server as one list: with and without implicit TLS. Pure. */
import type { ServerSettings } from '../../../shared/settings/server-settings.ts';

export interface Identity {
  /** '127.0.0.1:25' */
  readonly endpoint: string;
  /** Encrypted from the first octet. */
  readonly implicitTls: boolean;
}

export interface Endpoints {
  readonly listen: readonly string[];
  readonly listenTls: readonly string[];
}

export const identitiesOf = (
  settings: Readonly<Record<'general.listen' | 'general.listenTls', readonly string[]>>,
): readonly Identity[] => [
  ...settings['general.listen'].map((endpoint) => ({ endpoint, implicitTls: false })),
  ...settings['general.listenTls'].map((endpoint) => ({ endpoint, implicitTls: true })),
];

export const endpointsOf = (identities: readonly Identity[]): Endpoints => ({
  listen: identities.filter(({ implicitTls }) => !implicitTls).map(({ endpoint }) => endpoint),
  listenTls: identities.filter(({ implicitTls }) => implicitTls).map(({ endpoint }) => endpoint),
});

const usualPort = '25';
const usualTlsPort = '465';

/** The port that goes with the kind of identity, unless somebody chose another one. */
export function portFor(implicitTls: boolean, portText: string): string {
  if (implicitTls) return portText === usualPort ? usualTlsPort : portText;
  return portText === usualTlsPort ? usualPort : portText;
}

/** Whether a certificate is, or will be, there for implicit TLS. */
export const hasCertificate = (draft: Pick<ServerSettings, 'access.certificateFile'>): boolean =>
  draft['access.certificateFile'].trim() !== '';
