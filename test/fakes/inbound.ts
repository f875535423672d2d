/** The inbound side on a loopback port, with everything around it faked. Cleans up when the test ends. */
import { onTestFinished } from 'vitest';
import type { Dns } from '../../electron/base/ports.ts';
import type { ProtocolLog, ProtocolLogEntry } from '../../electron/logging/types.ts';
import { createInboundServer } from '../../electron/smtp/inbound-server.ts';
import type { Authenticator, InboundServer } from '../../electron/smtp/types.ts';
import { defaultServerSettings, type ServerSettings } from '../../shared/settings/server-settings.ts';
import { FakeCertificate, type KeyPair } from './fake-certificate.ts';
import { FakeClock } from './fake-clock.ts';
import { fakeDns } from './fake-dns.ts';
import { freePort } from './free-port.ts';
import { MemoryLog } from './memory-log.ts';
import { createMemorySpoolIntake, type MemorySpoolIntake } from './memory-spool-intake.ts';
import { SmtpDialogue } from './smtp-dialogue.ts';

/** For `vi.waitFor`: its own bound of a second is too short for a busy machine. */
export const patience = { timeout: 20_000, interval: 5 };

export interface TestInbound {
  readonly server: InboundServer;
  readonly port: number;
  readonly intake: MemorySpoolIntake;
  readonly log: MemoryLog;
  readonly clock: FakeClock;
  /** None at first. */
  readonly certificate: FakeCertificate;
  /** What the protocol log was told, oldest first. */
  readonly protocol: readonly ProtocolLogEntry[];
  /** Puts other settings in force, without applying them to the sockets. */
  set(changes: Partial<ServerSettings>): void;
  /** A client that has not read the greeting yet. */
  connect(host?: string): Promise<SmtpDialogue>;
  /** A client that has said EHLO. */
  greet(): Promise<SmtpDialogue>;
  /** The same, over TLS since STARTTLS. */
  greetEncrypted(): Promise<SmtpDialogue>;
}

export interface InboundSurroundings {
  readonly dns?: Dns;
  /** There from the start. */
  readonly keyPair?: KeyPair;
  /** Without one, nobody's password is right. */
  readonly authenticator?: Authenticator;
}

/** A protocol log that only remembers. */
export const protocolLogInto = (entries: ProtocolLogEntry[]): ProtocolLog => ({
  write: (entry) => void entries.push(entry),
  sequence: 0,
  tail: () => [],
  problem: null,
  folder: '',
  settingsChanged: () => undefined,
  onChange: () => () => undefined,
  close: async () => undefined,
});

const refuseEverybody: Authenticator = { check: async () => 'refused' };

/** @param changes  To the default settings; without `general.listen` the server listens on one free port of 127.0.0.1. */
export async function startInbound(
  changes: Partial<ServerSettings> = {},
  { dns = fakeDns(), authenticator = refuseEverybody, keyPair }: InboundSurroundings = {},
): Promise<TestInbound> {
  const port = await freePort();
  const certificate = new FakeCertificate();
  if (keyPair !== undefined) certificate.use(keyPair);
  const protocol: ProtocolLogEntry[] = [];
  const intake = createMemorySpoolIntake();
  const log = new MemoryLog();
  const clock = new FakeClock();
  const clients: SmtpDialogue[] = [];
  let settings: ServerSettings = {
    ...defaultServerSettings,
    'general.listen': [`127.0.0.1:${port}`],
    'delivery.fullyQualifiedName': 'relay.example.org',
    ...changes,
  };
  const server = createInboundServer({
    ports: {
      clock,
      dns,
      log,
      ownAddresses: () => [{ address: '127.0.0.1', family: 'IPv4', adapter: 'lo' }],
      computerName: () => 'CA01',
    },
    authenticator,
    certificate,
    protocolLog: protocolLogInto(protocol),
    settings: () => settings,
    version: '9.8.7',
    begin: (envelope) => intake.begin(envelope),
  });
  onTestFinished(async () => {
    for (const client of clients) client.close();
    await server.close();
  });
  await server.apply('started');

  const connect = async (host?: string): Promise<SmtpDialogue> => {
    const client = await SmtpDialogue.connect(port, host);
    clients.push(client);
    return client;
  };
  const greet = async (): Promise<SmtpDialogue> => {
    const client = await connect();
    await client.expect('220');
    await client.send('EHLO ca01', '250');
    return client;
  };
  return {
    server,
    port,
    intake,
    log,
    clock,
    certificate,
    protocol,
    connect,
    set: (next) => {
      settings = { ...settings, ...next };
    },
    greet,
    greetEncrypted: async () => {
      const client = await greet();
      await client.send('STARTTLS', '220 2.0.0');
      await client.secure();
      await client.send('EHLO ca01', '250');
      return client;
    },
  };
}
