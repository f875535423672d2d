import type { Handlers } from '../../shared/contract/calls.ts';
import type { BulkOutcome } from '../../shared/contract/messages.ts';
import { ProblemError } from '../../shared/contract/problem.ts';
import type { HandlerOptions } from './handler-options.ts';
import { readableBytes, readMessageContent } from './message-content.ts';
import { readPiece } from './message-details.ts';

export function badmailHandlers({ servers, ports }: HandlerOptions) {
  return {
    'badmail.list': async ({ serverId, offset, limit }) => {
      const rows = await servers.get(serverId).spool.badmail.list();
      return { total: rows.length, rows: rows.slice(offset, offset + limit) };
    },
    'badmail.show': async ({ serverId, name }) => {
      const message = await servers.get(serverId).spool.badmail.read(name);
      const { row, note, recipients, contentBytes } = message;
      const bytes = await readPiece(message, 0, readableBytes);
      const content = await readMessageContent(bytes, contentBytes <= readableBytes);
      return { row, note, recipients: [...recipients], ...content };
    },
    'badmail.source': async ({ serverId, name, offsetBytes, limitBytes }) => {
      const message = await servers.get(serverId).spool.badmail.read(name);
      const bytes = await readPiece(message, offsetBytes, limitBytes);
      return { totalBytes: message.contentBytes, text: bytes.toString('latin1') };
    },
    'badmail.resubmit': async ({ serverId, names }) => {
      const { badmail } = servers.get(serverId).spool;
      return await eachOf(names, async (name) => {
        const { id } = await badmail.resubmit(name);
        ports.log.info('badmail resubmitted', { server: serverId, name, id });
      });
    },
    'badmail.delete': async ({ serverId, names }) => {
      const { badmail } = servers.get(serverId).spool;
      return await eachOf(names, async (name) => {
        await badmail.remove(name);
        ports.log.info('badmail deleted', { server: serverId, name });
      });
    },
  } satisfies Partial<Handlers>;
}

/**
 * One after the other, each once. Of several, one that fails is counted and keeps no other one; of a single one the reason
 * is worth more than a count.
 */
async function eachOf(names: readonly string[], action: (name: string) => Promise<void>): Promise<BulkOutcome> {
  const different = new Set(names);
  let changed = 0;
  const skipped = { notFound: 0, failed: 0 };
  for (const name of different) {
    try {
      await action(name);
      changed += 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const reason = error.problem.code === 'notFound' ? 'notFound' : 'failed';
      if (reason === 'failed' && different.size === 1) throw error;
      skipped[reason] += 1;
    }
  }
  return {
    changed,
    skipped: (['notFound', 'failed'] as const)
      .map((reason) => ({ reason, count: skipped[reason] }))
      .filter(({ count }) => count > 0),
  };
}
