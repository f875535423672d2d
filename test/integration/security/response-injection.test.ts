/** Somebody between us and the next hop puts words in clear behind its answer to STARTTLS. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { upstreamCertificate } from '../../fakes/upstream-certificate.ts';
import { conversationBench, mail, security } from '../delivery/conversations.ts';

const { openTo } = conversationBench();

/** Speaks as far as STARTTLS, adds `injected` in the same packet, and goes on encrypted. @returns all it was told. */
async function interceptedServer(injected: string): Promise<{ readonly port: number; readonly told: string[] }> {
  const told: string[] = [];
  const serve = (socket: Socket, answer: (line: string) => string): void => {
    let rest = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) socket.write(answer(line));
    });
  };
  const server = createServer((socket) => {
    socket.write('220 gateway ESMTP\r\n');
    serve(socket, (line) => {
      told.push(`clear ${line}`);
      if (line !== 'STARTTLS') return '250-gateway\r\n250 STARTTLS\r\n';
      socket.removeAllListeners('data');
      // The handshake begins when our answer is out.
      setImmediate(() => {
        const secured = new TLSSocket(socket, {
          isServer: true,
          secureContext: createSecureContext(upstreamCertificate),
        });
        serve(secured, (secret) => {
          told.push(`tls ${secret}`);
          if (/^EHLO/.test(secret)) return '250 gateway\r\n';
          if (secret === 'DATA') return '354 go\r\n';
          return /^(?:MAIL|RCPT|RSET|\.$)/.test(secret) ? '250 ok\r\n' : '';
        });
      });
      return `220 go\r\n${injected}`;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, told };
}

test.each([
  { what: 'extensions', injected: '250-evil\r\n250-DSN\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN\r\n' },
  { what: 'half an answer', injected: '250-evil' },
  { what: 'a refusal', injected: '550 5.7.1 no mail for you\r\n' },
  { what: 'answers to a whole transaction', injected: '250 evil\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n' },
])('$what in clear behind STARTTLS count for nothing', async ({ injected }) => {
  const { port, told } = await interceptedServer(injected);
  const options = { security: security({ tlsMode: 'required' }) };
  // Giving the connection up is as good as hearing nothing: what must not be is belief.
  const conversation = await openTo(port, options).catch(() => null);
  if (conversation === null) {
    expect(told.filter((line) => /MAIL|AUTH/.test(line))).toEqual([]);
    return;
  }
  expect(conversation.encrypted).toBe(true);
  expect(conversation.supports).toEqual({ dsn: false, eightBitMime: false, smtpUtf8: false });
  expect((await conversation.send(mail())).outcomes.get('a@example.org')).toMatchObject({
    delivered: true,
    reply: '250 ok',
  });
  expect(told.filter((line) => line.startsWith('clear'))).toEqual(['clear EHLO relay.test.invalid', 'clear STARTTLS']);
  expect(told).toContain('tls .');
});
