/** Open conversations by destination: an idle one is kept for a few seconds, so that a burst of mail needs one greeting. */
import type { Session } from '../../shared/contract/servers.ts';
import { formatEndpoint } from '../../shared/settings/address.ts';
import type { Clock } from '../base/ports.ts';
import { type Conversation, type ConversationOptions, type Opening, openConversation } from './conversation.ts';
import type { HostCandidate } from './hosts.ts';

export interface PoolOptions {
  readonly clock: Clock;
  readonly conversation: () => Pick<ConversationOptions, 'ownName' | 'idleTimeoutMs'>;
  /** Connections in all; null is unlimited. An idle one gives way to a new one. */
  readonly limit: () => number | null;
  readonly onChange: () => void;
}

type Phase = 'connecting' | 'sending' | 'idle';

interface Member {
  readonly sessionId: string;
  readonly destination: string;
  readonly host: HostCandidate;
  readonly startedAtMs: number;
  phase: Phase;
  conversation: Conversation | null;
  cancelIdle: (() => void) | null;
}

/** Servers close an idle connection after minutes; by then ours is long gone. */
const idleMs = 5_000;
/** Some servers count the messages of a connection. */
const messagesPerConversation = 100;

export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #members = new Set<Member>();
  #abort = new AbortController();
  #lastId = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** An idle conversation with the destination, the latest used first. */
  take(destination: string): Conversation | undefined {
    for (const member of [...this.#members].reverse()) {
      if (member.destination !== destination || member.phase !== 'idle' || member.conversation === null) continue;
      this.#setPhase(member, 'sending');
      return member.conversation;
    }
    return undefined;
  }

  async open(destination: string, host: HostCandidate): Promise<Opening> {
    const { clock, conversation, limit } = this.#options;
    if (this.#members.size >= (limit() ?? Number.POSITIVE_INFINITY)) this.#closeOneIdle();
    this.#lastId += 1;
    const member: Member = {
      sessionId: `outbound-${this.#lastId}`,
      destination,
      host,
      startedAtMs: clock.now(),
      phase: 'connecting',
      conversation: null,
      cancelIdle: null,
    };
    this.#members.add(member);
    this.#options.onChange();
    const opening = await openConversation(host, { ...conversation(), clock, signal: this.#abort.signal });
    if ('failure' in opening) {
      this.#forget(member);
      return opening;
    }
    member.conversation = opening.conversation;
    opening.conversation.onClose(() => this.#forget(member));
    if (opening.conversation.usable) this.#setPhase(member, 'sending');
    else this.#forget(member);
    return opening;
  }

  /** Hands a conversation back after its transactions. */
  give(conversation: Conversation): void {
    const member = this.#memberOf(conversation);
    if (member === undefined) return;
    if (conversation.messages >= messagesPerConversation || this.#abort.signal.aborted) {
      conversation.quit();
      this.#forget(member);
      return;
    }
    this.#setPhase(member, 'idle');
    member.cancelIdle = this.#options.clock.after(idleMs, () => {
      conversation.quit();
      this.#forget(member);
    });
  }

  /** Conversations past their greeting: a sign that the destination is up. */
  established(destination: string): number {
    let count = 0;
    for (const member of this.#members) {
      if (member.destination === destination && member.phase !== 'connecting') count += 1;
    }
    return count;
  }

  sessions(): readonly Session[] {
    return [...this.#members].map(({ sessionId, host, startedAtMs, phase, conversation }) => ({
      id: sessionId,
      direction: 'outbound',
      user: host.host,
      peer: formatEndpoint(host),
      startedAtMs,
      phase,
      messages: conversation?.messages ?? 0,
      encrypted: conversation?.encrypted ?? false,
    }));
  }

  /** Ends what is idle, with QUIT. */
  closeIdle(): void {
    for (const member of [...this.#members]) {
      if (member.phase !== 'idle') continue;
      member.conversation?.quit();
      this.#forget(member);
    }
  }

  /** Cuts every conversation, those that are being opened included. The pool can be used again afterwards. */
  destroy(): void {
    this.#abort.abort();
    for (const member of [...this.#members]) {
      member.conversation?.destroy();
      this.#forget(member);
    }
    this.#abort = new AbortController();
  }

  #closeOneIdle(): void {
    for (const member of this.#members) {
      if (member.phase !== 'idle') continue;
      member.conversation?.quit();
      this.#forget(member);
      return;
    }
  }

  #memberOf(conversation: Conversation): Member | undefined {
    for (const member of this.#members) if (member.conversation === conversation) return member;
    return undefined;
  }

  #setPhase(member: Member, phase: Phase): void {
    member.cancelIdle?.();
    member.cancelIdle = null;
    member.phase = phase;
    this.#options.onChange();
  }

  #forget(member: Member): void {
    member.cancelIdle?.();
    member.cancelIdle = null;
    if (this.#members.delete(member)) this.#options.onChange();
  }
}
