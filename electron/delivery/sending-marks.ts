/** Attempts under way by message: while there is one, nobody else touches the message. */
import type { MessageId } from '../../shared/contract/messages.ts';

export class SendingMarks {
  /** The recipients of each attempt. */
  readonly #underWay = new Map<MessageId, readonly (readonly string[])[]>();

  has(id: MessageId): boolean {
    return this.#underWay.has(id);
  }

  /** One of these is being sent to already: under another route, before the settings changed. */
  hasAny(id: MessageId, addresses: readonly string[]): boolean {
    return (this.#underWay.get(id) ?? []).some((attempt) => attempt.some((address) => addresses.includes(address)));
  }

  /** @returns what ends the mark. */
  add(id: MessageId, addresses: readonly string[]): () => void {
    this.#underWay.set(id, [...(this.#underWay.get(id) ?? []), addresses]);
    return () => {
      const others = (this.#underWay.get(id) ?? []).filter((attempt) => attempt !== addresses);
      if (others.length > 0) this.#underWay.set(id, others);
      else this.#underWay.delete(id);
    };
  }
}
