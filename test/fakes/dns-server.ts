/** A DNS server on 127.0.0.1 that speaks the wire protocol over UDP and TCP and knows what it is told. */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { createServer, isIP, type Server, type Socket } from 'node:net';
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Question, TRUNCATED_RESPONSE } from 'dns-packet';
import { createNodeDns } from '../../electron/base/node-dns.ts';
import type { Dns, MxRecord } from '../../electron/base/ports.ts';

export interface DnsRecords {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  /** The exchange '.' is the null MX of RFC 7505. */
  readonly MX?: readonly MxRecord[];
  readonly PTR?: readonly string[];
}

/** 'servfail': the server says that it can't tell. 'silent': it says nothing at all. */
export type DnsName = DnsRecords | 'servfail' | 'silent';

export interface DnsServerOptions {
  /** By name. What is not here does not exist (NXDOMAIN). An address goes by its name below in-addr.arpa. */
  readonly names: Readonly<Record<string, DnsName>>;
  /** Over UDP every answer is empty and truncated, so that the client comes back over TCP. */
  readonly truncated?: boolean;
}

export interface DnsServer {
  readonly port: number;
  /** 'UDP MX example.org', in order. */
  readonly questions: readonly string[];
  /** The DNS of a relay whose only name server this is. */
  readonly dns: Dns;
  /** From the next question on. */
  set(name: string, records: DnsName): void;
  stop(): Promise<void>;
}

/** RFC 1035 section 4.1.1 */
const rcode = { ok: 0, servfail: 2, nxdomain: 3 } as const;

export async function startDnsServer({ names, truncated = false }: DnsServerOptions): Promise<DnsServer> {
  const known = new Map<string, DnsName>(Object.entries(names));
  const questions: string[] = [];

  /** Null: nothing is said. */
  const answerTo = (query: Buffer, transport: 'UDP' | 'TCP'): Buffer | null => {
    const { id, questions: asked = [] } = decode(query);
    const [question] = asked;
    if (question === undefined) return null;
    questions.push(`${transport} ${question.type} ${question.name}`);
    const name = known.get(question.name.toLowerCase());
    if (name === 'silent') return null;
    const answer = (flags: number, answers: Answer[] = []): Buffer =>
      encode({ type: 'response', id: id ?? 0, flags: AUTHORITATIVE_ANSWER | flags, questions: [question], answers });
    if (name === 'servfail') return answer(rcode.servfail);
    if (name === undefined) return answer(rcode.nxdomain);
    return truncated && transport === 'UDP' ? answer(TRUNCATED_RESPONSE) : answer(rcode.ok, recordsFor(question, name));
  };

  const { udp, tcp, port } = await listen();
  udp.on('message', (query, client) => {
    const answer = answerTo(query, 'UDP');
    if (answer !== null) udp.send(answer, client.port, client.address);
  });
  const sockets = new Set<Socket>();
  tcp.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveTcp(socket, (query) => answerTo(query, 'TCP'));
  });

  return {
    port,
    questions,
    dns: dnsOf(`127.0.0.1:${port}`),
    set: (name, records) => void known.set(name, records),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(resolve)),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

/** One number for both: TCP chooses it, and UDP has it nearly always. */
async function listen(): Promise<{ udp: UdpSocket; tcp: Server; port: number }> {
  for (;;) {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const address = tcp.address();
    if (address === null || typeof address === 'string') throw new Error('The DNS server has no port.');
    const udp = createSocket('udp4');
    const bound = await new Promise<boolean>((resolve) => {
      udp.once('error', () => resolve(false));
      udp.bind(address.port, '127.0.0.1', () => resolve(true));
    });
    if (bound) return { udp, tcp, port: address.port };
    tcp.close();
    udp.close();
  }
}

/** RFC 1035 section 4.2.2: each message has its length before it. */
function serveTcp(socket: Socket, answerTo: (query: Buffer) => Buffer | null): void {
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const answer = answerTo(pending.subarray(2, end));
      pending = pending.subarray(end);
      if (answer === null) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer]));
    }
  });
}

function recordsFor({ name, type }: Question, { A = [], AAAA = [], MX = [], PTR = [] }: DnsRecords): Answer[] {
  const ttl = 60;
  switch (type) {
    case 'A':
      return A.map((data) => ({ type, name, ttl, data }));
    case 'AAAA':
      return AAAA.map((data) => ({ type, name, ttl, data }));
    case 'MX':
      return MX.map(({ exchange, priority }) => ({ type, name, ttl, data: { exchange, preference: priority } }));
    case 'PTR':
      return PTR.map((data) => ({ type, name, ttl, data }));
    default:
      return [];
  }
}

/** MX and PTR as the product asks; addresses by query, where the product asks the system. Patient for half a second only. */
const dnsOf = (server: string): Dns => {
  const patience = { timeoutMs: 250, tries: 2 };
  const { mx, reverse } = createNodeDns({ servers: [server], ...patience });
  return {
    mx,
    reverse,
    async addresses(host) {
      if (isIP(host) !== 0) return [host];
      const resolver = new Resolver({ timeout: patience.timeoutMs, tries: patience.tries });
      resolver.setServers([server]);
      const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const found = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (found.length === 0 && four.status === 'rejected') throw four.reason;
      return found;
    },
  };
};
