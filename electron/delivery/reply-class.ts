/**
 * What an answer of the other side means for the mail: a matter of some recipients, or of the server as a
 * whole. Pure. Errors come from nodemailer's SMTPConnection; only what is read here is relied on.
 */
import type { Failure } from '../../shared/contract/messages.ts';
import { parseReply, permanentFailure, replyFailure, temporaryFailure } from './failure.ts';

/** The readable part of nodemailer's error. */
export interface ConversationError {
  readonly message: string;
  /** 'EENVELOPE', 'EMESSAGE', 'ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EPROTOCOL', 'ETLS', 'ESTREAM'… */
  readonly code?: string | undefined;
  /** Node's code below it, for example 'ECONNREFUSED'. */
  readonly originalCode?: string | undefined;
  /** 'MAIL FROM', 'RCPT TO', 'DATA', 'EHLO'…; 'CONN' when the connection itself failed, 'API' when nothing was sent. */
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
  /** OpenSSL's words, for example 'wrong version number'. */
  readonly reason?: string | undefined;
}

export interface RefusedRecipient {
  readonly address: string;
  readonly error: ConversationError;
}

/** Exactly one of the two is about every recipient that `refused` does not name. */
export type TransactionFailure =
  | { readonly scope: 'message'; readonly failure: Failure }
  /** The server as a whole: another host may be tried at once, and nobody's mail is bounced. */
  | { readonly scope: 'server'; readonly failure: Failure };

/** Authentication or TLS demanded, or credentials refused (RFC 4954 section 6, RFC 3207 section 4): our set-up, not the message. */
const accessCodes: readonly number[] = [530, 534, 535, 538];

const concernsServer = ({ responseCode }: ConversationError): boolean =>
  responseCode !== undefined && (responseCode === 421 || accessCodes.includes(responseCode));

const isPermanent = (reply: string): boolean => {
  const { code = 0, enhanced } = parseReply(reply);
  // 503 speaks of the session, not the message; 5.5.3 is "too many recipients": fewer may be taken next
  // time (RFC 5321 section 4.5.3.1.10).
  return code >= 500 && code !== 503 && !accessCodes.includes(code) && enhanced !== '5.5.3';
};

const stageOf = (command: string | undefined): Failure['stage'] => {
  if (command === 'MAIL FROM' || command === 'RSET') return 'mail';
  if (command === 'RCPT TO') return 'rcpt';
  if (command === 'DATA') return 'data';
  return command?.startsWith('AUTH') === true ? 'auth' : 'mail';
};

/** The refusal of one recipient at RCPT TO. */
export const recipientFailure = ({ response = '', message }: ConversationError): Failure =>
  response === '' ? temporaryFailure('rcpt', message) : replyFailure('rcpt', isPermanent(response), response);

/**
 * @param refused  Recipients turned away at RCPT TO in the same transaction.
 * @param dataBegun  The message was on its way: without a reply nobody knows what became of it.
 */
export function transactionFailure(
  error: ConversationError,
  refused: readonly RefusedRecipient[],
  dataBegun: boolean,
): TransactionFailure {
  const serverWide = [error, ...refused.map((recipient) => recipient.error)].find(concernsServer);
  if (serverWide !== undefined) {
    const { command, response = '' } = serverWide;
    const stage = accessCodes.includes(serverWide.responseCode ?? 0) ? 'auth' : stageOf(command);
    return { scope: 'server', failure: replyFailure(stage, false, response) };
  }
  if (error.code === 'ESTREAM') {
    return { scope: 'message', failure: temporaryFailure('local', `The message could not be read: ${error.message}`) };
  }
  if (error.code === 'EMESSAGE' && error.response === undefined) {
    const [limit = 'an unknown number of'] = /[0-9]+$/.exec(error.message) ?? [];
    const text = `The message is too large: the server takes at most ${limit} bytes.`;
    return { scope: 'message', failure: permanentFailure('mail', '5.3.4', text) };
  }
  if (error.command === 'API' && error.code === 'EENVELOPE') {
    return { scope: 'message', failure: permanentFailure('local', '5.1.7', error.message) };
  }
  if (error.response !== undefined && error.command !== 'CONN') {
    const stage = stageOf(error.command);
    return { scope: 'message', failure: replyFailure(stage, isPermanent(error.response), error.response) };
  }
  if (dataBegun) {
    const text = `The server did not confirm the message (${lossText(error)}). It may have been delivered.`;
    return { scope: 'message', failure: temporaryFailure('data', text) };
  }
  return { scope: 'server', failure: temporaryFailure('mail', `${capitalise(lossText(error))}.`) };
}

/**
 * Why no conversation came about. Never permanent: 5xx from a host as a whole says nothing about the message.
 * @param stage  How far it came.
 */
export function openingFailure(error: ConversationError, host: string, stage: 'connect' | 'greeting' | 'tls'): Failure {
  const { response } = error;
  if (response !== undefined) return replyFailure(stage, false, response);
  const text = `${host}: ${stage === 'tls' ? 'the TLS handshake failed, ' : ''}${lossText(error)}.`;
  return temporaryFailure(stage, text);
}

const lossTexts: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there, the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  EHOSTUNREACH: 'there is no route to the host',
  EHOSTDOWN: 'the host is down',
  ENETUNREACH: 'there is no route to the network',
  EACCES: 'a firewall of this computer forbids the connection',
  ETIMEDOUT: 'no answer in time',
  ECONNECTION: 'the connection was closed',
};

const lossText = ({ message, code = '', originalCode = '', reason }: ConversationError): string =>
  lossTexts[originalCode] ?? reason ?? lossTexts[code] ?? message.replace(/\.$/, '');

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
