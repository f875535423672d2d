/**
 * Access tokens of OAuth 2.0 client credentials (RFC 6749 section 4.4), shared by all conversations of a server. A token is
 * asked for once however many connections want it, and an endpoint that refuses is left alone for a while.
 */
import type { Clock, FormPost } from '../base/ports.ts';

export interface TokenRequest {
  readonly endpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

export type TokenAnswer =
  | { readonly token: string }
  /** Why there is none, in words that hold neither the secret nor a token. */
  | { readonly reason: string };

export class TokenCache {
  readonly #ports: { readonly clock: Clock; readonly formPost: FormPost };

  constructor(ports: { readonly clock: Clock; readonly formPost: FormPost }) {
    this.#ports = ports;
  }

  /** Never throws. Ends early when `signal` is aborted; others who wait for the same token go on. */
  async get(request: TokenRequest, signal: AbortSignal): Promise<TokenAnswer> {
    void [this.#ports, request, signal];
    return { reason: 'not there yet' };
  }

  /** The server refused this token: the next `get` asks for another. */
  forget(request: TokenRequest, token: string): void {
    void [request, token];
  }
}
