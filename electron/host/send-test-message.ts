import { randomUUID } from 'node:crypto';
import type { MessageId } from '../../shared/contract/messages.ts';
import type { Ports } from '../base/ports.ts';
import { ownName } from '../delivery/own-name.ts';
import { testMessage } from './test-message.ts';
import type { VirtualServer } from './virtual-server.ts';

/** @throws {ProblemError} 'badArgument' for an address that is none, 'storage' */
export async function sendTestMessage(
  { spool, settings }: Pick<VirtualServer, 'spool' | 'settings'>,
  { clock, computerName, log }: Pick<Ports, 'clock' | 'computerName' | 'log'>,
  { to, from }: { readonly to: string; readonly from: string | undefined },
): Promise<MessageId> {
  const { envelope, content } = testMessage({
    to,
    from,
    fullyQualifiedName: ownName(settings(), computerName),
    computerName: computerName(),
    nowMs: clock.now(),
    token: randomUUID(),
  });
  const message = await spool.begin(envelope);
  try {
    await message.write(content);
    const { id } = await message.commit();
    log.info('accept', { id, from: `<${envelope.sender}>`, recipients: 1, size: content.byteLength, client: 'local' });
    return id;
  } catch (error) {
    await message.abort();
    throw error;
  }
}
