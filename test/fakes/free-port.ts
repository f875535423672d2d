import { once } from 'node:events';
import { createServer } from 'node:net';

/** A loopback port that nobody listens on at the moment. Endpoints in settings cannot say "any port". */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No TCP address');
  server.close();
  await once(server, 'close');
  return address.port;
}
