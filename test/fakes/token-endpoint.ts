/** The token endpoint of an OAuth 2.0 provider: HTTP on loopback, with scripted answers. */
import { createServer } from 'node:http';

export interface TokenReply {
  readonly status: number;
  readonly body: string;
}

export interface TokenEndpoint {
  readonly url: string;
  /** The forms that came in. */
  readonly requests: readonly Readonly<Record<string, string>>[];
  /** Answers from the next request on; 'hang' never answers. */
  reply(reply: TokenReply | 'hang' | ((time: number) => TokenReply)): void;
  stop(): Promise<void>;
}

export const grant = (token: string, expiresInSeconds = 3_600): TokenReply => ({
  status: 200,
  body: JSON.stringify({ token_type: 'Bearer', access_token: token, expires_in: expiresInSeconds }),
});

export const refusal = (error: string, description: string): TokenReply => ({
  status: 401,
  body: JSON.stringify({ error, error_description: description }),
});

export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const requests: Readonly<Record<string, string>>[] = [];
  let answer: TokenReply | 'hang' | ((time: number) => TokenReply) = (time) => grant(`token-${time}`);
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      requests.push(Object.fromEntries(new URLSearchParams(text)));
      if (answer === 'hang') return;
      const { status, body } = typeof answer === 'function' ? answer(requests.length) : answer;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The token endpoint has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/token`,
    requests,
    reply(next) {
      answer = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
