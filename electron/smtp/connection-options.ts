/** What one connection is allowed, from the settings in force when it begins. */
import type { SMTPServerOptions } from 'smtp-server';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { offersLogin } from './login.ts';

export type ConnectionOptions = Pick<
  SMTPServerOptions,
  'name' | 'size' | 'hideSize' | 'maxRecipients' | 'socketTimeout' | 'secure' | 'needsUpgrade'
>;

export const ownName = (settings: ServerSettings, computerName: () => string): string =>
  settings['delivery.fullyQualifiedName'] || computerName();

/** @param implicitTls  The connection is encrypted from the first octet. */
export function connectionOptions(settings: ServerSettings, name: string, implicitTls: boolean): ConnectionOptions {
  const sizeLimitBytes = settings['messages.sizeLimit'];
  const recipientLimit = settings['messages.recipientLimit'];
  return {
    name,
    // RFC 1870 section 4: SIZE without a number means that no limit is known.
    size: sizeLimitBytes ?? Number.POSITIVE_INFINITY,
    hideSize: sizeLimitBytes === null,
    ...(recipientLimit === null ? {} : { maxRecipients: recipientLimit }),
    socketTimeout: settings['general.connectionTimeout'] * 1_000,
    // To the library, implicit TLS is an upgrade before the greeting; so both kinds take one way.
    ...(implicitTls ? { secure: true, needsUpgrade: true } : {}),
  };
}

const neverThere = ['XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'];

/** Commands that are unknown to this connection at this moment, and not announced. */
export function disabledCommands(
  settings: ServerSettings,
  connection: { readonly secure: boolean; readonly hasCertificate: boolean },
): string[] {
  const { secure, hasCertificate } = connection;
  return [
    ...neverThere,
    ...(offersLogin(settings, secure) ? [] : ['AUTH']),
    // Once encrypted it stays known, and is answered with 503.
    ...(hasCertificate || secure ? [] : ['STARTTLS']),
  ];
}
