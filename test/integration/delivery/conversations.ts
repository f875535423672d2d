/** Conversations with scripted upstreams: opened with usual options, closed after each test. */
import { Readable } from 'node:stream';
import { afterEach } from 'vitest';
import { createFormPost } from '../../../electron/base/node-form-post.ts';
import {
  type Conversation,
  type ConversationOptions,
  openConversation,
  type Transaction,
} from '../../../electron/delivery/conversation.ts';
import type { HostCandidate } from '../../../electron/delivery/hosts.ts';
import { TokenCache } from '../../../electron/delivery/token-cache.ts';
import { TrustStore } from '../../../electron/delivery/trust-store.ts';
import type { ProtocolLogEntry } from '../../../electron/logging/types.ts';
import type { Failure } from '../../../shared/contract/messages.ts';
import { type OutboundSecurity, outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MemoryDisk } from '../../fakes/memory-disk.ts';
import { startUpstream, type Upstream, type UpstreamOptions } from '../../fakes/upstream.ts';

export const security = (change: Partial<OutboundSecurity> = {}): OutboundSecurity => ({
  ...outboundSecuritySchema.parse({}),
  ...change,
});

export const timeouts: ConversationOptions['timeouts'] = {
  connectTimeoutMs: 30_000,
  greetingTimeoutMs: 40_000,
  commandTimeoutMs: 50_000,
  finalReplyTimeoutMs: 60_000,
  idleTimeoutMs: 70_000,
};

export interface OpenOptions extends Partial<ConversationOptions> {
  /** Where the upstream is said to be. */
  readonly candidate?: Partial<HostCandidate>;
}

export interface Bench {
  readonly clock: FakeClock;
  /** What was written to the protocol log. */
  readonly logged: ProtocolLogEntry[];
  upstreamWith(options?: UpstreamOptions): Promise<Upstream>;
  tryOpen(port: number, change?: OpenOptions): Promise<{ conversation: Conversation } | { failure: Failure }>;
  /** @throws when it does not come about. */
  openTo(port: number, change?: OpenOptions): Promise<Conversation>;
  /** Why no conversation came about. @throws when one did. */
  failureOf(port: number, change?: OpenOptions): Promise<Failure>;
}

/** Closes what a test has opened once it is over. */
export function conversationBench(): Bench {
  const upstreams: Upstream[] = [];
  const conversations: Conversation[] = [];
  const clock = new FakeClock();
  const logged: ProtocolLogEntry[] = [];
  afterEach(async () => {
    logged.length = 0;
    for (const conversation of conversations.splice(0)) conversation.destroy();
    for (const upstream of upstreams.splice(0)) await upstream.stop();
  });

  const tryOpen: Bench['tryOpen'] = async (port, { candidate, ...change } = {}) => {
    const opening = await openConversation(
      { host: 'gw.example.org', address: '127.0.0.1', port, ...candidate },
      {
        ownName: 'relay.test.invalid',
        clock,
        security: security(),
        helo: false,
        secrets: { password: null, clientSecret: null },
        timeouts,
        protocolLog: { write: (entry) => void logged.push(entry) },
        sessionId: 'outbound-1',
        tokens: new TokenCache({ clock, formPost: createFormPost(() => []) }),
        trust: new TrustStore({ disk: new MemoryDisk(), trustedCertificates: () => [] }),
        signal: new AbortController().signal,
        ...change,
      },
    );
    if ('conversation' in opening) conversations.push(opening.conversation);
    return opening;
  };
  return {
    clock,
    logged,
    async upstreamWith(options = {}) {
      const upstream = await startUpstream(options);
      upstreams.push(upstream);
      return upstream;
    },
    tryOpen,
    async openTo(port, change) {
      const opening = await tryOpen(port, change);
      if ('failure' in opening) throw new Error(opening.failure.text);
      return opening.conversation;
    },
    async failureOf(port, change) {
      const opening = await tryOpen(port, change);
      if ('conversation' in opening) throw new Error('A conversation came about.');
      return opening.failure;
    },
  };
}

export const mail = (
  change: Partial<Transaction> = {},
  bytes: Buffer = Buffer.from('Subject: x\r\n\r\ntext\r\n'),
): Transaction => ({
  sender: 'ca@corp.example.com',
  recipients: to('a@example.org'),
  sizeBytes: bytes.length,
  body: '7BIT',
  smtpUtf8: false,
  dsn: {},
  masquerade: null,
  content: () => Readable.from([bytes], { objectMode: false }),
  ...change,
});

export const to = (...addresses: readonly string[]): Transaction['recipients'] =>
  addresses.map((address) => ({ address, dsn: {} }));
