/** A remote domain as its dialog edits it, and back. Pure. */
import { type OutboundSecurity, outboundSecuritySchema } from '../../shared/settings/outbound-security.ts';
import type { RemoteDomain } from '../../shared/settings/remote-domain.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { parseAmount } from '../properties/amounts.ts';

export interface RemoteDraft {
  readonly relayAllowed: boolean;
  readonly helo: boolean;
  readonly held: boolean;
  /** Whether the smart hosts count; the list stays while another way is chosen. */
  readonly bySmartHosts: boolean;
  readonly smartHosts: readonly string[];
  /** Empty: the port of the server. */
  readonly portText: string;
  readonly ownSecurity: boolean;
  readonly security: OutboundSecurity;
}

export const securityOf = (settings: ServerSettings): OutboundSecurity => ({
  tlsMode: settings['delivery.tlsMode'],
  implicitTls: settings['delivery.implicitTls'],
  caFile: settings['delivery.caFile'],
  authentication: settings['delivery.authentication'],
  userName: settings['delivery.userName'],
  oauthTokenEndpoint: settings['delivery.oauthTokenEndpoint'],
  oauthClientId: settings['delivery.oauthClientId'],
  oauthScope: settings['delivery.oauthScope'],
});

export const remoteDraftOf = (remote: RemoteDomain): RemoteDraft => ({
  relayAllowed: remote.relayAllowed,
  helo: remote.helo,
  held: remote.held,
  bySmartHosts: remote.smartHosts.length > 0,
  smartHosts: remote.smartHosts,
  portText: remote.port === null ? '' : String(remote.port),
  ownSecurity: remote.security !== null,
  security: remote.security ?? outboundSecuritySchema.parse({}),
});

export type RemoteProblem = 'smartHosts' | 'port';

export type RemoteCheck =
  | { readonly ok: true; readonly value: RemoteDomain }
  | { readonly ok: false; readonly problem: RemoteProblem };

export function checkRemoteDraft(name: string, draft: RemoteDraft): RemoteCheck {
  if (draft.bySmartHosts && draft.smartHosts.length === 0) return { ok: false, problem: 'smartHosts' };
  const port = draft.portText.trim() === '' ? null : parseAmount(draft.portText, { min: 1, max: 65_535 });
  if (port?.ok === false) return { ok: false, problem: 'port' };
  return {
    ok: true,
    value: {
      name,
      relayAllowed: draft.relayAllowed,
      helo: draft.helo,
      held: draft.held,
      smartHosts: draft.bySmartHosts ? [...draft.smartHosts] : [],
      port: port?.value ?? null,
      security: draft.ownSecurity ? draft.security : null,
    },
  };
}

/** HELO knows neither STARTTLS nor AUTH: with these settings nothing could ever be sent. */
export const heloContradicts = (draft: RemoteDraft, ofServer: OutboundSecurity): boolean => {
  const { tlsMode, implicitTls, authentication } = draft.ownSecurity ? draft.security : ofServer;
  const needsStartTls = !implicitTls && (tlsMode === 'required' || tlsMode === 'verified');
  return draft.helo && (needsStartTls || authentication !== 'none');
};
