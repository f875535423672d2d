/** Runs actions on the same message one after the other; actions on different messages do not wait for each other. */
import type { MessageId } from '../../shared/contract/messages.ts';

export class Serial {
  readonly #tails = new Map<MessageId, Promise<unknown>>();

  async run<Result>(id: MessageId, action: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(id) ?? Promise.resolve();
    const mine = before.then(action, action);
    this.#tails.set(id, mine);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(id) === mine) this.#tails.delete(id);
    }
  }
}
