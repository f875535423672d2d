/** Open conversations by destination: an idle one is kept for a few seconds, so that a burst of mail needs one greeting. */
import type { Failure } from '../../shared/contract/messages.ts';
import type { Session } from '../../shared/contract/servers.ts';
import { formatEndpoint } from '../../shared/settings/address.ts';
import type { Clock } from '../base/ports.ts';
import { type Conversation, type ConversationOptions, openConversation } from './conversation.ts';
import type { Destination, Way } from './destination.ts';
import type { HostCandidate } from './hosts.ts';

export interface PoolOptions {
  readonly clock: Clock;
  readonly conversation: (way: Way) => Omit<ConversationOptions, 'clock' | 'signal' | 'sessionId'>;
  /** Connections in all; null is unlimited. An idle one gives way to a new one. */
  readonly limit: () => number | null;
  /** After so many a connection is closed: some servers count. Null is unlimited. */
  readonly messagesPerConnection: () => number | null;
  readonly onChange: () => void;
}

/** What came of dialling; `terminated` when an operator cut it meanwhile. */
export type PoolOpening =
  | { readonly conversation: Conversation }
  | { readonly failure: Failure; readonly terminated: boolean };

type Phase = 'connecting' | 'sending' | 'idle';

interface Member {
  readonly sessionId: string;
  readonly destination: Destination;
  readonly host: HostCandidate;
  readonly startedAtMs: number;
  readonly abort: AbortController;
  phase: Phase;
  conversation: Conversation | null;
  cancelIdle: (() => void) | null;
  /** Settings changed since it was opened: it takes no further message. */
  isOutdated: boolean;
}

/** Servers close an idle connection after minutes; by then ours is long gone. */
const idleMs = 5_000;

export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #members = new Set<Member>();
  readonly #terminated = new WeakSet<Conversation>();
  #abort = new AbortController();
  #lastId = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** An idle conversation with the destination, the latest used first. */
  take({ name, fingerprint }: Destination): Conversation | undefined {
    for (const member of [...this.#members].reverse()) {
      const { destination, phase, conversation } = member;
      if (phase !== 'idle' || conversation === null) continue;
      // Under the same name another port or security is another place.
      if (destination.name !== name || destination.fingerprint !== fingerprint) continue;
      this.#setPhase(member, 'sending');
      return conversation;
    }
    return undefined;
  }

  async open(destination: Destination, host: HostCandidate, way: Way): Promise<PoolOpening> {
    const { clock, conversation, limit } = this.#options;
    if (this.#members.size >= (limit() ?? Number.POSITIVE_INFINITY)) this.#closeOneIdle();
    this.#lastId += 1;
    const member: Member = {
      sessionId: `outbound-${this.#lastId}`,
      destination,
      host,
      startedAtMs: clock.now(),
      abort: new AbortController(),
      phase: 'connecting',
      conversation: null,
      cancelIdle: null,
      isOutdated: false,
    };
    this.#members.add(member);
    this.#options.onChange();
    const opening = await openConversation(host, {
      ...conversation(way),
      clock,
      sessionId: member.sessionId,
      signal: AbortSignal.any([this.#abort.signal, member.abort.signal]),
    });
    if ('failure' in opening) {
      this.#forget(member);
      return { ...opening, terminated: member.abort.signal.aborted };
    }
    member.conversation = opening.conversation;
    opening.conversation.onClose(() => this.#forget(member));
    if (member.abort.signal.aborted) this.#cut(member);
    else if (opening.conversation.usable) this.#setPhase(member, 'sending');
    else this.#forget(member);
    return opening;
  }

  /** No further message goes over this connection. */
  isFull({ messages }: Conversation): boolean {
    return messages >= (this.#options.messagesPerConnection() ?? Number.POSITIVE_INFINITY);
  }

  /** Hands a conversation back after its transactions. */
  give(conversation: Conversation): void {
    const member = this.#memberOf(conversation);
    if (member === undefined) return;
    if (this.isFull(conversation) || member.isOutdated || this.#abort.signal.aborted) {
      this.#quit(member);
      return;
    }
    this.#setPhase(member, 'idle');
    member.cancelIdle = this.#options.clock.after(idleMs, () => this.#quit(member));
  }

  /** An operator cut it: that it ended says nothing about the server. */
  wasTerminated(conversation: Conversation): boolean {
    return this.#terminated.has(conversation);
  }

  /** Cuts sessions by id; all of them for null. @returns how many */
  terminate(ids: readonly string[] | null): number {
    const wanted = ids === null ? null : new Set(ids);
    const members = [...this.#members].filter(({ sessionId }) => wanted?.has(sessionId) ?? true);
    for (const member of members) this.#cut(member);
    return members.length;
  }

  /** Conversations past their greeting: a sign that the destination is up. */
  established(destination: string): number {
    let count = 0;
    for (const member of this.#members) {
      if (member.destination.name === destination && member.phase !== 'connecting') count += 1;
    }
    return count;
  }

  /** Connections by destination, those that are being opened included. */
  counts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { destination } of this.#members) counts.set(destination.name, (counts.get(destination.name) ?? 0) + 1);
    return counts;
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
    for (const member of [...this.#members]) if (member.phase === 'idle') this.#quit(member);
  }

  /** Settings have changed: every further message gets a connection that follows them. */
  renew(): void {
    for (const member of this.#members) member.isOutdated = true;
    this.closeIdle();
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
      this.#quit(member);
      return;
    }
  }

  #quit(member: Member): void {
    member.conversation?.quit();
    this.#forget(member);
  }

  #cut(member: Member): void {
    member.abort.abort();
    if (member.conversation !== null) this.#terminated.add(member.conversation);
    member.conversation?.destroy();
    this.#forget(member);
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
