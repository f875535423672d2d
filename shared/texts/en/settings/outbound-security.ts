/** How outgoing connections are protected: for the server as a whole, and for a remote domain with a way of its own. */
import type { OutboundSecurityTexts } from '../../setting-texts.ts';

export const outboundSecurityTexts: OutboundSecurityTexts = {
  tlsMode: {
    label: 'TLS encryption',
    help: '“If available” encrypts where the remote server offers it. Both “required” modes never send in clear text: mail waits where TLS fails and is not returned at once as in IIS 6.',
  },
  implicitTls: {
    label: 'Implicit TLS',
    help: 'The connection is encrypted from the first byte (usually port 465) instead of by STARTTLS.',
  },
  caFile: {
    label: 'Additional certification authorities',
    help: 'PEM file with certificates of authorities that are trusted beside those of the operating system, such as the root of the own organization.',
  },
  authentication: {
    label: 'Authentication',
    help: 'How this server authenticates to the remote server. OAuth 2.0 with client credentials is for Microsoft 365; Integrated Windows Authentication is not built here.',
  },
  userName: {
    label: 'User name',
    help: 'The user name for basic authentication; with OAuth 2.0 the mailbox that sends. The password or client secret is stored apart from the settings and never shown.',
  },
  oauthTokenEndpoint: {
    label: 'Token endpoint',
    help: 'The web address with https that issues access tokens, for Microsoft 365 that of the tenant.',
  },
  oauthClientId: {
    label: 'Application (client) ID',
    help: 'The ID under which this relay is registered with the identity provider.',
  },
  oauthScope: {
    label: 'Scope',
    help: 'The permission asked for with each token. For Microsoft 365: https://outlook.office365.com/.default',
  },
};
