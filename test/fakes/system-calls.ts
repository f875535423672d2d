/** System calls of a process and its threads in the order they happened, as `strace -f -y` writes them down. */
import { spawnSync } from 'node:child_process';

export interface SystemCall {
  readonly name: string;
  /** As strace shows them; a descriptor is followed by what it stands for: '21</folder/file>'. */
  readonly parameters: string;
  readonly result: string;
  /** Positions in the trace: another call came before this one only if it ended before this one began. */
  readonly begunAt: number;
  readonly endedAt: number;
}

/** There is none on Windows and macOS, and a container may forbid it. */
export const canTrace = (): boolean => spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/**
 * For `startRelayProcess`: the relay keeps its own process id.
 * @param shownOctets  Of what is written.
 */
export const tracer = (file: string, names: readonly string[], shownOctets = 120): readonly string[] => [
  ...['strace', '-D', '-f', '-y', '-s', `${shownOctets}`, '-e', `trace=${names.join(',')}`, '-o', file],
];

/** Calls that never ended are left out. */
export function readTrace(text: string): readonly SystemCall[] {
  const calls: SystemCall[] = [];
  const begun = new Map<string, { readonly name: string; readonly parameters: string; readonly begunAt: number }>();
  for (const [index, line] of text.split('\n').entries()) {
    const whole = /^(?<thread>\d+) +(?<name>\w+)\((?<parameters>.*)\) += (?<result>.*)$/.exec(line)?.groups;
    const first = /^(?<thread>\d+) +(?<name>\w+)\((?<parameters>.*) <unfinished \.\.\.>$/.exec(line)?.groups;
    const last = /^(?<thread>\d+) +<\.\.\. \w+ resumed>(?<parameters>.*)\) += (?<result>.*)$/.exec(line)?.groups;
    const [thread = '', name = '', parameters = '', result = ''] = ['thread', 'name', 'parameters', 'result'].map(
      (part) => (whole ?? first ?? last)?.[part],
    );
    if (whole !== undefined) calls.push({ name, parameters, result, begunAt: index, endedAt: index });
    else if (first !== undefined) begun.set(thread, { name, parameters, begunAt: index });
    else if (last !== undefined) {
      const start = begun.get(thread);
      if (start === undefined) continue;
      begun.delete(thread);
      calls.push({ ...start, parameters: start.parameters + parameters, result, endedAt: index });
    }
  }
  return calls;
}
