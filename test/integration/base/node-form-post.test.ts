import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { createFormPost } from '../../../electron/base/node-form-post.ts';
import { freePort } from '../../fakes/free-port.ts';
import { createTestAuthority, hasOpenssl } from '../../fakes/test-authority.ts';

const servers: Server[] = [];
const never = new AbortController().signal;
const formPost = createFormPost(() => []);

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serving = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}/token` : '';
};

test('a form goes out encoded, and status and body come back', async () => {
  let seen = '';
  const url = await serving((request, response) => {
    request.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
    });
    request.on('end', () => {
      seen = `${request.method} ${request.headers['content-type']} ${seen}`;
      response.writeHead(401).end('{"error":"ü"}');
    });
  });
  expect(await formPost.post(url, { a: 'x y&z', b: 'ü' }, never)).toEqual({ status: 401, body: '{"error":"ü"}' });
  expect(seen).toBe('POST application/x-www-form-urlencoded a=x+y%26z&b=%C3%BC');
});

test('of an answer without end 64 KB are read, and the connection is closed', async () => {
  let closed = false;
  const url = await serving((_request, response) => {
    response.on('close', () => {
      closed = true;
    });
    const more = (): void => {
      if (!closed) response.write('x'.repeat(10_000), () => setImmediate(more));
    };
    more();
  });
  expect((await formPost.post(url, {}, never)).body).toBe('x'.repeat(65_536));
  await expect.poll(() => closed).toBe(true);
});

test('a redirect is not followed: it would carry the secret elsewhere', async () => {
  let requests = 0;
  const url = await serving((_request, response) => {
    requests += 1;
    response.writeHead(307, { Location: '/elsewhere' }).end();
  });
  await expect(formPost.post(url, { client_secret: 's' }, never)).rejects.toThrow();
  expect(requests).toBe(1);
});

test('nobody listening is an error with its code', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  await expect(formPost.post(url, {}, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('an answer that never comes ends with the signal', async () => {
  const stop = new AbortController();
  const url = await serving(() => stop.abort());
  await expect(formPost.post(url, {}, stop.signal)).rejects.toThrow();
});

test.skipIf(!hasOpenssl())('HTTPS trusts the authorities of the operating system, and nobody else', async () => {
  const authority = await createTestAuthority();
  try {
    const server = createHttpsServer(await authority.issue({ names: ['IP:127.0.0.1'] }), (_request, response) =>
      response.end('{}'),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/token`;
    await expect(formPost.post(url, {}, never)).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(await createFormPost(() => [authority.cert]).post(url, {}, never)).toEqual({ status: 200, body: '{}' });
  } finally {
    await authority.remove();
  }
});
