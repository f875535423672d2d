/**
 * Judges the requests to the browser console. Pure.
 * A page of the Internet may send requests to 127.0.0.1 too: by a name of its own that leads here (DNS rebinding; the Host
 * header tells) or from its own address (the Origin header tells). Neither has the cookie of a session, but both are
 * refused before that is even looked at.
 */
import type { ConsoleAdmission } from './console-admission.ts';

export interface ConsoleRequest {
  readonly method: string;
  /** As in the request line. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly cookie: string | undefined;
}

export type Judgement =
  | { readonly type: 'serve'; readonly path: string }
  /** The token is used up; the cookie takes its place and the address bar loses it. */
  | { readonly type: 'open'; readonly session: string }
  | { readonly type: 'redirect' }
  /** `stale`: a person with an old or no address; a fresh one helps. */
  | { readonly type: 'refuse'; readonly status: 400 | 403 | 405; readonly stale: boolean };

const refuse = (status: 400 | 403 | 405, stale = false): Judgement => ({ type: 'refuse', status, stale });

export function judgeConsoleRequest(request: ConsoleRequest, port: number, admission: ConsoleAdmission): Judgement {
  const { method, target, host, origin } = request;
  if (host !== `127.0.0.1:${port}`) return refuse(403);
  if (origin !== undefined && origin !== originOf(port)) return refuse(403);
  if (method !== 'GET' && method !== 'HEAD') return refuse(405);
  const address = parseTarget(target);
  if (address === null) return refuse(400);

  const known = admission.knows(sessionIn(request.cookie, port));
  const token = address.path === '/' ? address.token : null;
  if (token === null) return known ? { type: 'serve', path: address.path } : refuse(403, address.path === '/');
  // A browser that looks ahead may have used the token already, for itself.
  if (known) return { type: 'redirect' };
  const session = method === 'GET' ? admission.exchange(token) : null;
  return session === null ? refuse(403, true) : { type: 'open', session };
}

/** A WebSocket tells its origin always; browsers do not keep one page from opening it to another's server. */
export const mayOpenSocket = (request: ConsoleRequest, port: number, admission: ConsoleAdmission): boolean =>
  request.host === `127.0.0.1:${port}` &&
  request.origin === originOf(port) &&
  admission.knows(sessionIn(request.cookie, port));

export const originOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Cookies do not know ports: two consoles on this computer must not take each other's. */
const cookieName = (port: number): string => `smtp-relay-console-${port}`;

export const sessionCookie = (port: number, session: string): string =>
  `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`;

function sessionIn(cookies: string | undefined, port: number): string {
  const prefix = `${cookieName(port)}=`;
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length) ?? '';
}

/** Origin form only ('/path?query'); anything else is no request of a browser to its server. */
function parseTarget(target: string): { path: string; token: string | null } | null {
  const [, rawPath, query = ''] = /^(\/[^?#]*)(?:\?([^#]*))?$/.exec(target) ?? [];
  if (rawPath === undefined) return null;
  try {
    return { path: decodeURIComponent(rawPath), token: new URLSearchParams(query).get('token') };
  } catch {
    return null;
  }
}
