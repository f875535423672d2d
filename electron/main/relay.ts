/** The relay behind the window: one that runs already on the data folder, or our own. */
import type { Handlers } from '../../shared/contract/calls.ts';
import { createContractClient } from '../../shared/contract/client.ts';
import type { FrameChannel } from '../../shared/contract/frames.ts';
import { ProblemError, problem } from '../../shared/contract/problem.ts';
import type { Clock, Ports } from '../base/ports.ts';
import { createHost } from '../host/create-host.ts';
import { connectPipe, pipeAddressOf } from '../host/pipe-client.ts';
import type { Host } from '../host/types.ts';
import type { SettingOverrides } from '../settings/types.ts';
import { joinChannels } from './join-channels.ts';

export interface AttachedRelay {
  readonly kind: 'attached';
  /** Serves a window. A relay that is gone closes the channel; the window tries again with a new one. */
  connect(channel: FrameChannel): void;
}

export interface HostedRelay {
  readonly kind: 'hosted';
  connect(channel: FrameChannel): void;
  readonly controls: RelayControls;
  /** Something that the status shows has changed. */
  onChange(listener: () => void): void;
  stop(): Promise<void>;
}

/** What tray and questions ask of the relay. */
export type RelayControls = Pick<
  Handlers,
  'status.get' | 'server.start' | 'server.stop' | 'server.pause' | 'queue.retry'
>;

export type DesktopRelay = AttachedRelay | HostedRelay;

export interface OpenRelayOptions {
  readonly dataFolder: string;
  readonly version: string;
  /** For a relay of our own, for this run only. */
  readonly overrides: SettingOverrides;
  readonly ports: Ports;
}

const statusEvents = ['server.changed', 'servers.changed', 'queue.changed', 'settings.changed'] as const;

/** A relay that holds the folder is either starting (its pipe comes within moments) or hangs. */
const attachTries = 20;
const attachPauseMs = 250;
const answerLimitMs = 5_000;

/**
 * @throws {ProblemError} the sentence for people: folder held by a program that does not answer, no rights for its pipe,
 * settings that can't be read.
 */
export async function openRelay(options: OpenRelayOptions): Promise<DesktopRelay> {
  const { clock } = options.ports;
  for (let tries = 1; ; tries += 1) {
    const attached = await attach(options);
    if (attached !== null) return attached;
    try {
      return hosted(await createHost({ ...options, hostedBy: 'desktop' }));
    } catch (error) {
      // Somebody else was quicker: attach to that one, as soon as it serves its pipe.
      if (!isFolderInUse(error) || tries === attachTries) throw error;
      await new Promise<void>((resolve) => clock.after(attachPauseMs, resolve));
    }
  }
}

async function attach({ dataFolder, ports }: OpenRelayOptions): Promise<AttachedRelay | null> {
  const address = pipeAddressOf(dataFolder);
  let channel: FrameChannel;
  try {
    channel = await connectPipe(address);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'notFound') return null;
    throw error;
  }
  await waitForAnswer(channel, dataFolder, ports.clock);
  return {
    kind: 'attached',
    connect: (windowChannel) => {
      connectPipe(address).then(
        (pipe) => joinChannels(windowChannel, pipe),
        () => windowChannel.close(),
      );
    },
  };
}

/** The lock of the data folder names the process that holds it. */
const isFolderInUse = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.parameters?.pid !== undefined;

/** A program that took the connection and says nothing must not leave people before an empty window. */
async function waitForAnswer(channel: FrameChannel, dataFolder: string, clock: Clock): Promise<void> {
  const client = createContractClient(channel);
  const silence = new Promise<never>((_resolve, reject) => {
    const cancel = clock.after(answerLimitMs, () =>
      reject(
        problem(
          'notPossible',
          `A relay holds the data folder ${dataFolder} but does not answer. Restart its service or end that program, then start again.`,
          { parameters: { dataFolder } },
        ),
      ),
    );
    client.onClose(cancel);
  });
  try {
    await Promise.race([client.call('status.get', null), silence]);
  } finally {
    client.close();
  }
}

function hosted(host: Host): HostedRelay {
  return {
    kind: 'hosted',
    connect: (channel) => host.attach(channel),
    controls: host.handlers,
    onChange: (listener) => {
      for (const name of statusEvents) host.on(name, listener);
    },
    stop: () => host.stop(),
  };
}
