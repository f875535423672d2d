/** Whether a command may be given now: encryption first, login at its time, parameters that are known. Pure. */
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import type { Login } from './login.ts';
import { checkTransactionLine } from './parameters.ts';
import { type Reply, replies } from './replies.ts';

export interface CommandSituation {
  /** Of this moment: who may do what is not frozen when a connection begins. */
  readonly settings: ServerSettings;
  readonly login: Pick<Login, 'refusal'>;
  /** The verb is one the connection knows; others are answered with 500 whatever else holds. */
  readonly known: boolean;
  readonly secure: boolean;
  /** The client has said HELO or EHLO. */
  readonly greeted: boolean;
  readonly extended: boolean;
  /** MAIL was accepted, and the message has not ended. */
  readonly inTransaction: boolean;
}

/** RFC 3207 section 4 and IIS: what a client may say before STARTTLS where encryption is required. */
const allowedInClear: ReadonlySet<string> = new Set(['NOOP', 'EHLO', 'HELO', 'STARTTLS', 'QUIT', 'RSET']);

/**
 * @param line  One octet per character, without its line end.
 * @returns the line to carry out, or the reply that refuses it.
 */
export function checkCommand(line: string, verb: string, situation: CommandSituation): string | Reply {
  const { settings, login, known, secure, greeted, extended } = situation;
  // In clear AUTH is not known, yet it is answered with the reason.
  const exists = known || (verb === 'AUTH' && settings['access.basic']);
  if (settings['access.requireTls'] && !secure && exists && !allowedInClear.has(verb)) return replies.tlsRequired;
  if (verb === 'AUTH') return login.refusal(line, settings, situation) ?? line;
  if (!greeted || (verb !== 'MAIL' && verb !== 'RCPT')) return line;
  return checkTransactionLine(line, { extended, defaultDomain: settings['domains.default'] });
}
