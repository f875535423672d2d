/**
 * Access tokens of OAuth 2.0 client credentials (RFC 6749 section 4.4), shared by all conversations of a server. A token is
 * asked for once however many connections want it, and an endpoint that refuses is left alone for a while.
 */
import * as z from 'zod';
import type { EpochMs } from '../../shared/contract/messages.ts';
import { errorCode } from '../base/error-code.ts';
import type { Clock, FormPost } from '../base/ports.ts';
import { oneLine } from './failure.ts';

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

export interface TokenPorts {
  readonly clock: Clock;
  readonly formPost: FormPost;
}

interface Known {
  readonly answer: TokenAnswer;
  readonly untilMs: EpochMs;
}

interface Asking {
  readonly answer: Promise<TokenAnswer>;
  readonly stop: AbortController;
  /** Conversations; when none is left, the request is given up. */
  waiting: number;
}

const timeIsUp = 'time is up';
/** A failing endpoint is not asked again by every connection that opens meanwhile. */
const failureKeptMs = 30_000;
const answerTimeoutMs = 30_000;
/** A token must not run out between login and the server's own look at it. */
const marginMs = 300_000;
/** RFC 6749 section 5.1: `expires_in` is only recommended. */
const usualLifeSeconds = 3_600;
/** Settings change, and with them what is asked for. */
const maxKnown = 100;

const grantSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(usualLifeSeconds).default(usualLifeSeconds),
});
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

export class TokenCache {
  readonly #ports: TokenPorts;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Asking>();

  constructor(ports: TokenPorts) {
    this.#ports = ports;
  }

  /** Never throws. Ends early when `signal` is aborted; others who wait for the same token go on. */
  async get(request: TokenRequest, signal: AbortSignal): Promise<TokenAnswer> {
    const key = keyOf(request);
    const known = this.#known.get(key);
    if (known !== undefined && known.untilMs > this.#ports.clock.now()) return known.answer;
    const asking = this.#asking.get(key) ?? this.#ask(key, request);
    asking.waiting += 1;
    return await new Promise((resolve) => {
      const done = (answer: TokenAnswer): void => {
        signal.removeEventListener('abort', abort);
        asking.waiting -= 1;
        if (asking.waiting === 0) asking.stop.abort();
        resolve(answer);
      };
      const abort = (): void => done({ reason: 'the relay stopped waiting for a token' });
      void asking.answer.then((answer) => {
        if (!signal.aborted) done(answer);
      });
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort);
    });
  }

  /** The server refused this token: the next `get` asks for another. */
  forget(request: TokenRequest, token: string): void {
    const key = keyOf(request);
    const answer = this.#known.get(key)?.answer;
    if (answer !== undefined && 'token' in answer && answer.token === token) this.#known.delete(key);
  }

  #ask(key: string, request: TokenRequest): Asking {
    const stop = new AbortController();
    const answer = this.#post(request, stop).then((known) => {
      this.#asking.delete(key);
      if (this.#known.size >= maxKnown) this.#known.clear();
      // Where nobody waited any more, there is no answer to remember.
      if ('token' in known.answer || stop.signal.reason === timeIsUp || !stop.signal.aborted)
        this.#known.set(key, known);
      return known.answer;
    });
    const asking = { answer, stop, waiting: 0 };
    this.#asking.set(key, asking);
    return asking;
  }

  async #post(request: TokenRequest, stop: AbortController): Promise<Known> {
    const { clock, formPost } = this.#ports;
    const cancelLimit = clock.after(answerTimeoutMs, () => stop.abort(timeIsUp));
    try {
      const form = {
        grant_type: 'client_credentials',
        client_id: request.clientId,
        client_secret: request.clientSecret,
        ...(request.scope === '' ? {} : { scope: request.scope }),
      };
      const { status, body } = await formPost.post(request.endpoint, form, stop.signal);
      const granted = grantSchema.safeParse(jsonOf(body));
      if (status >= 200 && status < 300 && granted.success) {
        const lifeMs = granted.data.expires_in * 1_000;
        const untilMs = clock.now() + Math.max(lifeMs - marginMs, lifeMs / 2);
        return { answer: { token: granted.data.access_token }, untilMs };
      }
      return this.#failed(request, refusalText(status, body));
    } catch (error) {
      const reason =
        stop.signal.reason === timeIsUp ? 'no answer within 30 seconds' : (codeBelow(error) ?? 'no connection');
      return this.#failed(request, reason);
    } finally {
      cancelLimit();
    }
  }

  #failed({ endpoint, clientSecret }: TokenRequest, why: string): Known {
    // Some endpoints repeat what they were sent.
    const told = clientSecret === '' ? why : why.replaceAll(clientSecret, '***');
    const reason = oneLine(`the token endpoint ${hostOf(endpoint)} gave no token: ${told}`);
    return { answer: { reason }, untilMs: this.#ports.clock.now() + failureKeptMs };
  }
}

/** The secret is part of it: a corrected one is used at once. */
const keyOf = ({ endpoint, clientId, clientSecret, scope }: TokenRequest): string =>
  JSON.stringify([endpoint, clientId, clientSecret, scope]);

const refusalText = (status: number, body: string): string => {
  const refusal = refusalSchema.safeParse(jsonOf(body));
  if (!refusal.success) return `its answer makes no sense (HTTP status ${status})`;
  const { error, error_description: description } = refusal.data;
  return description === undefined ? error : `${error}: ${description}`;
};

const jsonOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

/** fetch says only that it failed; the reason is in its cause. */
const codeBelow = (error: unknown): string | undefined =>
  errorCode(error) ?? (error instanceof Error ? errorCode(error.cause) : undefined);

const hostOf = (endpoint: string): string => (URL.canParse(endpoint) ? new URL(endpoint).host : endpoint);
