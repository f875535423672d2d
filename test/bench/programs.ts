/** The load client and the gateway of the benchmark: C programs, because what they cost is taken from the servers measured. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Load {
  readonly port: number;
  readonly sessions: number;
  /** Null: all messages of a session over one connection. */
  readonly messagesPerConnection: number | null;
  readonly sizeBytes: number;
  readonly seconds: number;
  /** Null: until the time is over. */
  readonly messages?: number;
  /** Connections per second; without it each session sends as fast as it is answered. */
  readonly perSecond?: number;
}

export interface LoadResult {
  readonly accepted: number;
  readonly seconds: number;
  readonly errors: number;
  readonly startedAtMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface SinkCount {
  readonly messages: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface Sink {
  readonly port: number;
  count(): Promise<SinkCount>;
  stop(): void;
}

export interface Programs {
  /** @throws {Error} when nothing was accepted. */
  load(load: Load): Promise<LoadResult>;
  /** @param silent  Never greets. */
  sink(silent?: boolean): Promise<Sink>;
}

export async function compilePrograms(folder: string): Promise<Programs> {
  const [client, gateway] = await Promise.all(['load-client', 'sink'].map((name) => compile(name, folder)));
  return {
    load: (load) => runLoad(client ?? '', load),
    sink: (silent = false) => startSink(gateway ?? '', silent),
  };
}

async function compile(name: string, folder: string): Promise<string> {
  const program = join(folder, name);
  await run('cc', ['-O2', '-Wall', '-o', program, join(import.meta.dirname, `${name}.c`)]);
  return program;
}

async function runLoad(client: string, load: Load): Promise<LoadResult> {
  const { port, sessions, messagesPerConnection, sizeBytes, seconds, messages = 0, perSecond = 0 } = load;
  const { stdout } = await run(
    client,
    [port, sessions, messagesPerConnection ?? 0, sizeBytes, seconds, messages, perSecond].map(String),
  );
  const result = JSON.parse(stdout) as LoadResult;
  if (result.accepted === 0) throw new Error(`Nothing was accepted: ${stdout.trim()}`);
  return result;
}

async function startSink(program: string, silent: boolean): Promise<Sink> {
  const child = spawn(program, silent ? ['silent'] : [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [first] = await once(lines, 'line');
  return {
    port: Number(first),
    async count() {
      const answer = once(lines, 'line');
      child.stdin.write('\n');
      const [line] = await answer;
      return JSON.parse(line) as SinkCount;
    },
    stop: () => void (child satisfies ChildProcess).kill(),
  };
}
