/**
 * Scripts that run inside the page, before its own: each function is sent as its source text and sees nothing of this module.
 *
 * A preload script lives in an isolated world that shares only the DOM with the page. Calls between the worlds travel as
 * events on the document, which are synchronous like contextBridge itself. Values are copied as JSON, all that our contract
 * has; functions become proxies both ways.
 */

type Packed =
  | { readonly json: string | null }
  | { readonly callable: string }
  | { readonly members: Readonly<Record<string, Packed>> };
type Message =
  | { readonly type: 'call'; readonly id: string; readonly values: readonly Packed[] }
  | { readonly type: 'result'; readonly value: Packed }
  | { readonly type: 'failure'; readonly message: string }
  | { readonly type: 'expose'; readonly name: string; readonly api: Packed };
type Callable = (...values: readonly unknown[]) => unknown;

export interface WorldEnd {
  expose(name: string, api: unknown): void;
}

/** One end of the bridge; runs in both worlds. */
export function openWorldEnd(channel: string, world: 'page' | 'preload'): WorldEnd {
  const own = new Map<string, Callable>();
  const results: Message[] = [];
  const other = world === 'page' ? 'preload' : 'page';
  const post = (message: Message): void => {
    document.dispatchEvent(new CustomEvent(`${channel}-${other}`, { detail: JSON.stringify(message) }));
  };
  const pack = (value: unknown): Packed => {
    if (typeof value === 'function') {
      const id = `${world}-${own.size}`;
      own.set(id, value as Callable);
      return { callable: id };
    }
    if (typeof value === 'object' && value !== null && Object.values(value).some((one) => typeof one === 'function')) {
      return { members: Object.fromEntries(Object.entries(value).map(([name, one]) => [name, pack(one)])) };
    }
    return { json: value === undefined ? null : JSON.stringify(value) };
  };
  const unpack = (packed: Packed): unknown => {
    if ('callable' in packed) return (...values: readonly unknown[]) => callOther(packed.callable, values);
    if ('json' in packed) return packed.json === null ? undefined : JSON.parse(packed.json);
    const members = Object.entries(packed.members).map(([name, one]) => [name, unpack(one)]);
    return Object.freeze(Object.fromEntries(members));
  };
  const callOther = (id: string, values: readonly unknown[]): unknown => {
    post({ type: 'call', id, values: values.map(pack) });
    const result = results.pop();
    if (result?.type === 'failure') throw new Error(result.message);
    return result?.type === 'result' ? unpack(result.value) : undefined;
  };
  const answer = (id: string, values: readonly Packed[]): void => {
    try {
      post({ type: 'result', value: pack(own.get(id)?.(...values.map(unpack))) });
    } catch (error) {
      post({ type: 'failure', message: String(error) });
    }
  };
  document.addEventListener(`${channel}-${world}`, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as Message;
    if (message.type === 'call') answer(message.id, message.values);
    else if (message.type === 'expose') {
      Object.defineProperty(window, message.name, { value: unpack(message.api), enumerable: true });
    } else results.push(message);
  });
  return { expose: (name, api) => post({ type: 'expose', name, api: pack(api) }) };
}

export interface PreloadHooks {
  /** Known in the isolated world only. */
  standInPost?: (message: string) => void;
  standInDeliver?: (message: string) => void;
}

type PreloadModule = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void;

/** The isolated world: what a sandboxed preload finds, and nothing more. */
export function runPreload(end: WorldEnd, preload: PreloadModule): void {
  const hooks = globalThis as PreloadHooks;
  const listeners = new Map<string, Callable[]>();
  const ipcRenderer = {
    send: (channel: string, ...values: readonly unknown[]) => hooks.standInPost?.(JSON.stringify({ channel, values })),
    on: (channel: string, listener: Callable) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
    off: (channel: string, listener: Callable) => {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((one) => one !== listener),
      );
    },
  };
  hooks.standInDeliver = (message) => {
    const { channel, values } = JSON.parse(message) as { channel: string; values: readonly unknown[] };
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...values);
  };
  const electron = { contextBridge: { exposeInMainWorld: end.expose }, ipcRenderer };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports, { type: 'renderer', sandboxed: true });
}
