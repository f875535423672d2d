/** A real Chromium, driven over the DevTools protocol: the windows of the stand-in are its pages. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The trap of the tests is on loopback: only the application may keep a page away from it.
  '--disable-features=LocalNetworkAccessChecks',
  '--remote-debugging-port=0',
];

export type Parameters = Readonly<Record<string, unknown>>;
/** Answers and events of the protocol; whoever asks knows their shape. */
export type Answer = Readonly<Record<string, never>>;
type Listener = (event: Answer) => void;

export interface Browser {
  readonly address: string;
  send(method: string, parameters?: Parameters, sessionId?: string): Promise<Answer>;
  on(method: string, listener: Listener, sessionId?: string): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly method: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** @param language  of the system, which the page asks for. */
export async function startBrowser(executable: string, language: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'stand-in-profile-'));
  const child = spawn(
    executable,
    [...flags, `--accept-lang=${language}`, `--user-data-dir=${profile}`, 'about:blank'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const kill = (): void => {
    child.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  process.once('exit', kill);
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = /DevTools listening on (ws:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Chromium ended: ${output.slice(-500)}`)));
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const connection = await connect(address);
  return {
    address,
    ...connection,
    async close() {
      await connection.send('Browser.close').catch(() => {});
      await exited;
      process.off('exit', kill);
      kill();
    },
  };
}

async function connect(address: string): Promise<Pick<Browser, 'send' | 'on'>> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Listener[]>();
  const keyOf = (method: string, sessionId = ''): string => `${sessionId} ${method}`;
  let lastId = 0;

  const settle = ({ id, result, error }: Message): void => {
    const entry = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || entry === undefined) return;
    waiting.delete(id);
    if (error === undefined) entry.resolve(result ?? {});
    else entry.reject(new Error(`${entry.method}: ${error.message}`));
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.method === undefined) settle(message);
    else
      for (const listen of listeners.get(keyOf(message.method, message.sessionId)) ?? []) listen(message.params ?? {});
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium is gone'));
    waiting.clear();
  };

  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) return reject(new Error('Chromium is gone'));
        lastId += 1;
        waiting.set(lastId, { method, resolve, reject });
        socket.send(JSON.stringify({ id: lastId, method, params, sessionId }));
      }),
    on(method, listener, sessionId) {
      const key = keyOf(method, sessionId);
      listeners.set(key, [...(listeners.get(key) ?? []), listener]);
    },
  };
}
