/** Serves a contract on one channel. The other side is untrusted: every frame and argument is parsed here. */
import type { CallTable, HandlersOf } from '../../shared/contract/call.ts';
import { calls, type Handlers } from '../../shared/contract/calls.ts';
import type { EventName, EventOf } from '../../shared/contract/events.ts';
import { callFrameSchema, type FrameChannel, type HostFrame } from '../../shared/contract/frames.ts';
import { type Problem, ProblemError } from '../../shared/contract/problem.ts';
import type { Log } from '../base/ports.ts';

/** More calls than any screen needs at once; a client beyond that is broken or hostile. */
const maxCallsUnderWay = 256;

export interface ContractConnection {
  sendEvent<Name extends EventName>(name: Name, value: EventOf<Name>): void;
}

export const serveContract = (channel: FrameChannel, handlers: Handlers, log: Log): ContractConnection =>
  serveCalls(channel, calls, handlers, log);

/**
 * Answers the calls of a contract until the channel closes. A frame that is not a call closes the channel. Events are for
 * those who have asked something: Windows may let others open a pipe and read, who could not send a word.
 */
export function serveCalls<Table extends CallTable>(
  channel: FrameChannel,
  table: Table,
  handlers: HandlersOf<Table>,
  log: Log,
): ContractConnection {
  let open = true;
  let heard = false;
  let underWay = 0;
  const send = (frame: HostFrame): void => {
    if (open) channel.send(frame);
  };
  channel.onClose(() => {
    open = false;
  });
  channel.onFrame((raw) => {
    const parsed = callFrameSchema.safeParse(raw);
    if (!parsed.success || underWay >= maxCallsUnderWay) {
      channel.close();
      return;
    }
    const { id, name, argument } = parsed.data;
    heard = true;
    underWay += 1;
    void run(table, handlers, name, argument)
      .then((value) => send({ type: 'answer', id, value }))
      .catch((error: unknown) => send({ type: 'refusal', id, problem: problemOf(error, name, log) }))
      .finally(() => {
        underWay -= 1;
      });
  });
  return {
    sendEvent: (name, value) => {
      if (heard) send({ type: 'event', name, value });
    },
  };
}

async function run<Table extends CallTable>(
  table: Table,
  handlers: HandlersOf<Table>,
  name: string,
  argument: unknown,
): Promise<unknown> {
  const definition = Object.hasOwn(table, name) ? table[name] : undefined;
  if (definition === undefined) {
    throw new ProblemError({ code: 'unknownCall', message: `This relay does not know the call '${name}'.` });
  }
  const parsed = definition.argument.safeParse(argument);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.join('.') ?? '';
    throw new ProblemError({
      code: 'badArgument',
      message: `${name}: ${issue?.message ?? 'the argument does not fit.'}`,
      ...(field === '' ? {} : { field: field.slice(0, 200) }),
    });
  }
  const handle = handlers[name as keyof Table] as (argument: unknown) => Promise<unknown>;
  return await handle(parsed.data);
}

function problemOf(error: unknown, name: string, log: Log): Problem {
  if (error instanceof ProblemError) return error.problem;
  log.error('call failed', error, { call: name });
  return { code: 'internal', message: `The relay could not answer ${name}. Its log has the details.` };
}
