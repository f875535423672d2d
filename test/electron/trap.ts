import { createServer } from 'node:http';

export interface Trap {
  readonly origin: string;
  /** Paths that somebody asked for. */
  readonly visits: readonly string[];
  close(): Promise<void>;
}

/** A web server that the console must never visit. It lets everybody in: only the application can keep a page away. */
export async function startTrap(): Promise<Trap> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/html' });
    response.end('<title>trap</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the trap has no address');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    visits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
