/** Commands of the operating system that are recorded and answered by the test. */
import type { Command, CommandResult, CommandRunner } from '../../electron/base/command-runner.ts';

type Answer = Partial<CommandResult> | Error;

export class ScriptedCommands implements CommandRunner {
  readonly ran: Command[] = [];
  readonly #answer: (words: string, command: Command) => Answer | undefined;

  /** @param answer  gets 'sc.exe queryex SmtpRelay'; undefined for exit code 0 without a word. */
  constructor(answer: (words: string, command: Command) => Answer | undefined = () => undefined) {
    this.#answer = answer;
  }

  async run(command: Command): Promise<CommandResult> {
    this.ran.push(command);
    const answer = this.#answer(wordsOf(command), command) ?? {};
    if (answer instanceof Error) throw answer;
    return { exitCode: 0, stdout: '', stderr: '', ...answer };
  }

  get words(): readonly string[] {
    return this.ran.map(wordsOf);
  }
}

const wordsOf = ({ file, args }: Command): string => [file.split(/[\\/]/).at(-1), ...args].join(' ');
