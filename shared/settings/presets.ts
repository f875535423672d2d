/** Settings that belong together for a well-known next hop. */
import type { ServerSettings } from './server-settings.ts';

/** Letters, digits, dots and dashes: a tenant id or one of its domains. */
export const isTenant = (text: string): boolean => /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(text);

/**
 * Microsoft 365 SMTP submission with OAuth 2.0 client credentials. Exchange Online takes 3 connections at a time and 30
 * messages a minute from a mailbox; who sends more is refused with 4.3.2 or 4.2.0.
 * @param tenant  Checked with `isTenant` before.
 */
export const microsoft365 = (tenant: string, clientId: string, mailbox: string): Partial<ServerSettings> => ({
  'delivery.smartHosts': ['smtp.office365.com:587'],
  'delivery.tlsMode': 'verified',
  'delivery.implicitTls': false,
  'delivery.authentication': 'oauth2',
  'delivery.userName': mailbox,
  'delivery.oauthTokenEndpoint': `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
  'delivery.oauthClientId': clientId,
  'delivery.oauthScope': 'https://outlook.office365.com/.default',
  'delivery.connectionsPerDestination': 3,
  'delivery.messagesPerMinute': 30,
});
