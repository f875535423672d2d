/** An SMTP server whose every answer can be chosen: the mail gateway of the tests. Listens on loopback only. */
import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import {
  type Answer,
  createAnswerReader,
  type Reply,
  startTlsReply,
  type UpstreamBehaviour,
  wellBehaved,
} from './upstream-behaviour.ts';
import { createLoginReader, type UpstreamLogin } from './upstream-login.ts';

interface ReceivedMessage {
  readonly heloName: string;
  readonly sender: string;
  /** What followed the address in MAIL FROM, for example 'BODY=8BITMIME SIZE=120'. */
  readonly mailParameters: string;
  readonly recipients: readonly { readonly address: string; readonly parameters: string }[];
  /** As sent, after removing the dots of RFC 5321 section 4.5.2. */
  readonly bytes: Buffer;
  /** As it went over the wire, the final dot included. */
  readonly raw: Buffer;
  readonly encrypted: boolean;
  /** Number of the connection it came by, from 1. */
  readonly connection: number;
}

export interface Upstream {
  readonly port: number;
  /** Accepted messages, in order. */
  readonly messages: readonly ReceivedMessage[];
  /** Connections seen so far, the ones answered with 421 included. */
  readonly connections: number;
  readonly openConnections: number;
  /** Successful and refused. */
  readonly logins: readonly UpstreamLogin[];
  /** Messages whose final dot came and that were answered with 'hang'. */
  readonly unanswered: number;
  /** Every command line received, without its line end. */
  readonly commands: readonly string[];
  /** Changes answers from the next command on. */
  behave(change: Partial<UpstreamBehaviour>): void;
  /** Says this on every open connection, for example the answer that 'hang' withheld. */
  sayToAll(reply: string): void;
  /** The same, without a line end. */
  dripToAll(octets: string): void;
  /** Drops every connection and stops listening. */
  stop(): Promise<void>;
}

export interface UpstreamOptions extends Partial<UpstreamBehaviour> {
  /** Default: any free port. */
  readonly port?: number;
  /** Default: 127.0.0.1. */
  readonly host?: string;
}

interface Recording {
  readonly messages: ReceivedMessage[];
  readonly commands: string[];
  readonly logins: UpstreamLogin[];
  unanswered: number;
  readonly readAnswer: (answer: Answer, address: string) => Reply;
  behaviour: UpstreamBehaviour;
}

interface Said {
  readonly reply: Reply;
  readonly whenSaid?: () => void;
}

export async function startUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const { port: wantedPort = 0, host = '127.0.0.1', ...behaviour } = options;
  const recording: Recording = {
    messages: [],
    commands: [],
    logins: [],
    unanswered: 0,
    readAnswer: createAnswerReader(),
    behaviour: { ...wellBehaved, ...behaviour },
  };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay();
    socket.on('close', () => sockets.delete(socket));
    serve(socket, connections, recording);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The upstream has no port.');

  return {
    port: address.port,
    messages: recording.messages,
    commands: recording.commands,
    logins: recording.logins,
    get connections() {
      return connections;
    },
    get unanswered() {
      return recording.unanswered;
    },
    get openConnections() {
      return sockets.size;
    },
    behave(change) {
      recording.behaviour = { ...recording.behaviour, ...change };
    },
    sayToAll(reply) {
      for (const socket of sockets) socket.write(`${reply}\r\n`);
    },
    dripToAll(octets) {
      for (const socket of sockets) socket.write(octets);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Transaction {
  sender: string;
  mailParameters: string;
  recipients: { address: string; parameters: string }[];
}

function serve(rawSocket: Socket, connection: number, recording: Recording): void {
  let socket: Socket = rawSocket;
  let heloName = '';
  let transaction: Transaction | null = null;
  let pending: Buffer = Buffer.alloc(0);
  let dataLines: Buffer[] | null = null;
  let encrypted = false;
  const login = createLoginReader(recording.logins);

  const answer = ({ reply, whenSaid }: Said): void => {
    if (reply === 'drop') socket.destroy();
    else if (reply !== 'hang') {
      const octets = `${reply}\r\n`;
      for (const part of recording.behaviour.octetByOctet ? octets : [octets]) socket.write(part);
      if (reply.startsWith('421')) socket.end();
      if (/^[23]/.test(reply)) whenSaid?.();
    }
  };

  const replyTo = (line: string): Said => {
    const { behaviour, readAnswer } = recording;
    recording.commands.push(line);
    const loginReply = login(line, behaviour.auth, (name) => readAnswer(behaviour.login, name));
    if (loginReply !== null) return { reply: loginReply };
    const verb = line.split(' ')[0]?.toUpperCase() ?? '';
    switch (verb) {
      case 'EHLO':
        heloName = line.slice(5);
        return { reply: behaviour.ehlo ?? ehloReply(behaviour, encrypted) };
      case 'HELO':
        heloName = line.slice(5);
        return { reply: behaviour.helo };
      case 'STARTTLS':
        return { reply: startTlsReply(behaviour.startTls), whenSaid: upgrade };
      case 'MAIL': {
        const { address, parameters } = readPath(line);
        return {
          reply: readAnswer(behaviour.mail, address),
          whenSaid: () => {
            transaction = { sender: address, mailParameters: parameters, recipients: [] };
          },
        };
      }
      case 'RCPT': {
        if (transaction === null) return { reply: behaviour.rcptWithoutSender };
        const path = readPath(line);
        return {
          reply: readAnswer(behaviour.rcpt, path.address),
          whenSaid: () => void transaction?.recipients.push(path),
        };
      }
      case 'DATA':
        if (transaction === null || transaction.recipients.length === 0) return { reply: '503 5.5.1 RCPT first' };
        return {
          reply: readAnswer(behaviour.data, ''),
          whenSaid: () => {
            dataLines = [];
            if (behaviour.stallDuringData) socket.pause();
          },
        };
      case 'RSET':
        transaction = null;
        return { reply: behaviour.rset };
      case 'QUIT':
        return { reply: behaviour.quit, whenSaid: () => void socket.end() };
      default:
        return { reply: '502 5.5.1 Command not implemented' };
    }
  };

  const onDataLine = (line: Buffer): void => {
    if (dataLines === null || transaction === null) return;
    if (recording.behaviour.dropDuringData) {
      socket.destroy();
      return;
    }
    const { earlyFinal } = recording.behaviour;
    if (earlyFinal !== null && dataLines.length === 0) answer({ reply: earlyFinal });
    dataLines.push(line);
    if (!line.equals(finalDot)) return;
    const message = {
      heloName,
      ...transaction,
      bytes: Buffer.concat(dataLines.slice(0, -1).map((text) => (text[0] === dot ? text.subarray(1) : text))),
      raw: Buffer.concat(dataLines),
      encrypted,
      connection,
    };
    dataLines = null;
    transaction = null;
    if (earlyFinal !== null) return;
    const reply = recording.readAnswer(recording.behaviour.final, message.sender);
    if (reply === 'hang') recording.unanswered += 1;
    answer({
      reply,
      whenSaid: () => void recording.messages.push(message),
    });
  };

  const onData = (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    let start = 0;
    for (;;) {
      const end = pending.indexOf('\r\n', start);
      if (end < 0) break;
      const line = pending.subarray(start, end + 2);
      start = end + 2;
      if (dataLines === null) answer(replyTo(line.toString('utf8', 0, line.length - 2)));
      else onDataLine(line);
    }
    pending = pending.subarray(start);
  };

  const listen = (to: Socket): void => {
    to.on('data', onData);
    to.on('error', () => to.destroy()); // a client may go away at any moment
  };

  const upgrade = (): void => {
    socket.removeListener('data', onData);
    if (recording.behaviour.startTls === 'silent') return;
    if (recording.behaviour.startTls === 'broken') {
      socket.end('this is not a TLS handshake\r\n');
      return;
    }
    const { certificate, maxTlsVersion } = recording.behaviour;
    const old = {
      minVersion: 'TLSv1',
      maxVersion: maxTlsVersion ?? 'TLSv1.3',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    } as const;
    const secureContext = createSecureContext({ ...certificate, ...(maxTlsVersion === null ? {} : old) });
    const secure = new TLSSocket(socket, { isServer: true, secureContext });
    encrypted = true;
    socket = secure;
    listen(secure);
  };

  listen(socket);
  if (recording.behaviour.implicitTls) upgrade();
  answer({ reply: recording.readAnswer(recording.behaviour.greeting, '') });
}

const dot = '.'.charCodeAt(0);
const finalDot = Buffer.from('.\r\n');

const ehloReply = (behaviour: UpstreamBehaviour, encrypted: boolean): string => {
  const offersTls = behaviour.startTls !== 'none' && !encrypted;
  const auth = behaviour.auth.length === 0 ? [] : [`AUTH ${behaviour.auth.join(' ')}`];
  const lines = ['upstream.test.invalid', ...behaviour.extensions, ...auth, ...(offersTls ? ['STARTTLS'] : [])];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
};

const readPath = (line: string): { address: string; parameters: string } => {
  const [, address = '', parameters = ''] = /<([^>]*)> ?(.*)$/.exec(line) ?? [];
  return { address, parameters };
};
