/** How the server itself talks to next hops. Pure. */
import type { OutboundSecurity } from '../../shared/settings/outbound-security.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';

export type SecuritySettings = Pick<
  ServerSettings,
  | 'delivery.tlsMode'
  | 'delivery.implicitTls'
  | 'delivery.caFile'
  | 'delivery.authentication'
  | 'delivery.userName'
  | 'delivery.oauthTokenEndpoint'
  | 'delivery.oauthClientId'
  | 'delivery.oauthScope'
>;

export const serverSecurity = (settings: SecuritySettings): OutboundSecurity =>
  effectiveSecurity({
    tlsMode: settings['delivery.tlsMode'],
    implicitTls: settings['delivery.implicitTls'],
    caFile: settings['delivery.caFile'],
    authentication: settings['delivery.authentication'],
    userName: settings['delivery.userName'],
    oauthTokenEndpoint: settings['delivery.oauthTokenEndpoint'],
    oauthClientId: settings['delivery.oauthClientId'],
    oauthScope: settings['delivery.oauthScope'],
  });

/** Without what has no effect, in one order of keys: two that act the same are equal as JSON. */
export function effectiveSecurity(security: OutboundSecurity): OutboundSecurity {
  const { tlsMode, implicitTls, caFile, authentication } = security;
  const isOauth = authentication === 'oauth2';
  return {
    tlsMode,
    implicitTls,
    caFile: tlsMode === 'verified' ? caFile : '',
    authentication,
    userName: authentication === 'none' ? '' : security.userName,
    oauthTokenEndpoint: isOauth ? security.oauthTokenEndpoint : '',
    oauthClientId: isOauth ? security.oauthClientId : '',
    oauthScope: isOauth ? security.oauthScope : '',
  };
}
