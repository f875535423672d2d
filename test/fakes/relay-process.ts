/** The real relay in a process of its own, started and asked through the command line as an administrator would. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './free-port.ts';

/** The built programs where a test run brings them, as under Wine; else the sources, which Node runs as they are. */
export function programPath(name: 'cli' | 'service'): string {
  const { SMTP_RELAY_APP: app } = process.env;
  if (app !== undefined) return join(app, 'dist', name, 'index.js');
  return resolve(import.meta.dirname, '../../electron', name === 'cli' ? 'cli/index.ts' : 'service.ts');
}

const cliEntry = programPath('cli');
const startLimitMs = 90_000;
const stopLimitMs = 20_000;

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `smtp-relay ...args`; never throws for an exit code. @param input  For its standard input. */
export function runCli(args: readonly string[], input?: string): Promise<CliResult> {
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [cliEntry, ...args],
      { maxBuffer: 64 * 1_048_576, timeout: 120_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        settle({ exitCode: typeof code === 'number' ? code : 1, stdout, stderr });
      },
    );
    if (input !== undefined) child.stdin?.end(input);
  });
}

export interface RelayOptions {
  readonly dataFolder?: string;
  readonly port?: number;
  readonly smartHost?: string;
  /** For this run, as text: `--set`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** In settings.json instead of on the command line, so that a console can change them. */
  readonly saved?: Readonly<Record<string, unknown>>;
  readonly withConsole?: boolean;
  /** A program and its options that start the relay in their own process, for example a tracer. */
  readonly launcher?: readonly string[];
}

export class RelayProcess {
  readonly dataFolder: string;
  readonly port: number;
  /** One-time address of the browser console, when it was asked for. */
  readonly consoleUrl: string | null;
  readonly #child: ChildProcess;
  readonly #output: () => string;

  constructor(
    child: ChildProcess,
    facts: { dataFolder: string; port: number; consoleUrl: string | null },
    output: () => string,
  ) {
    this.#child = child;
    this.#output = output;
    this.dataFolder = facts.dataFolder;
    this.port = facts.port;
    this.consoleUrl = facts.consoleUrl;
  }

  /** Everything printed so far, for messages of failed expectations. */
  get output(): string {
    return this.#output();
  }

  cli(...args: readonly string[]): Promise<CliResult> {
    return runCli(['--data', this.dataFolder, ...args]);
  }

  /** The answer of a verb with `--json`. */
  async json<Answer>(...args: readonly string[]): Promise<Answer> {
    const result = await this.cli(...args, '--json');
    if (result.stdout === '') throw new Error(`${args.join(' ')}: ${result.stderr}`);
    return JSON.parse(result.stdout) as Answer;
  }

  /** SIGKILL: the crash. */
  async kill(): Promise<void> {
    await ended(this.#child, 'SIGKILL');
  }

  /** SIGTERM: the orderly stop. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    return await ended(this.#child, 'SIGTERM');
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((settle) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      settle(code);
    });
    child.kill(signal);
  });
}

export const newDataFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'smtp-relay-test-'));

export const removeDataFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 });

/** Starts `smtp-relay serve` and resolves once it printed `ready`. Rejects with its words when it ends before that. */
export async function startRelayProcess(options: RelayOptions = {}): Promise<RelayProcess> {
  const dataFolder = options.dataFolder ?? (await newDataFolder());
  const port = options.port ?? (await freePort());
  if (options.saved !== undefined) {
    const settings = { 'general.listen': [`127.0.0.1:${port}`], ...options.saved };
    const file = { version: 1, revision: 1, servers: [{ id: '1', settings }] };
    await writeFile(join(dataFolder, 'settings.json'), JSON.stringify(file));
  }
  const args = [
    ...['serve', '--data', dataFolder],
    ...(options.saved === undefined ? ['--listen', `127.0.0.1:${port}`] : []),
    ...(options.smartHost === undefined ? [] : ['--smart-host', options.smartHost]),
    ...Object.entries(options.settings ?? {}).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...(options.withConsole === true ? ['--console', String(await freePort())] : []),
  ];
  const [program = process.execPath, ...words] = [...(options.launcher ?? []), process.execPath, cliEntry, ...args];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return await new Promise((settle, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the relay was not ready in time:\n${output}`));
    }, startLimitMs);
    const look = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (!/^ready$/m.test(output)) return;
      clearTimeout(timer);
      const consoleUrl = /^console (\S+)$/m.exec(output)?.[1] ?? null;
      if (options.withConsole === true && consoleUrl === null) return; // its line may follow
      settle(new RelayProcess(child, { dataFolder, port, consoleUrl }, () => output));
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the relay ended with ${code} before it was ready:\n${output}`));
    });
  });
}

/** Polls until `condition` holds; fails with the last value after `limitMs`. */
export async function eventually<Value>(
  read: () => Promise<Value> | Value,
  condition: (value: Value) => boolean,
  limitMs = 20_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (condition(value)) return value;
    if (Date.now() > end)
      throw new Error(`not so within ${limitMs} ms; last: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}
