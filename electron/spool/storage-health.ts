import { ProblemError } from '../../shared/contract/problem.ts';

/** Whether writing works: the last write that failed is remembered until one succeeds. */
export class StorageHealth {
  #problem: string | null = null;

  /** A sentence; null while all is well. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Runs something that is on disk when it ends; passes on what it throws. */
  async watch<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await write();
      this.#problem = null;
      return answer;
    } catch (error) {
      this.note(error);
      throw error;
    }
  }

  /** A failure of something whose success would not say that writing works: it may be in memory only. */
  note(error: unknown): void {
    if (error instanceof ProblemError && error.problem.code === 'storage') this.#problem = error.message;
  }
}
