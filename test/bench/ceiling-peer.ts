/** What cannot be beaten on one thread: see ceiling-server.ts. It only takes mail in. */
import { join } from 'node:path';
import { freePort } from '../fakes/free-port.ts';
import type { Peer, PeerStart, RunningPeer } from './peer.ts';
import { end, nowMs, spawnLogged, untilGreeted } from './processes.ts';

const program = join(import.meta.dirname, 'ceiling-server.ts');
const stopLimitMs = 10_000;

export const ceilingPeer: Peer = {
  name: 'ceiling',
  version: 'smtp-server with a bare journal',
  start,
  fill: () => Promise.reject(new Error('There is no queue.')),
};

async function start({ folder }: PeerStart): Promise<RunningPeer> {
  const port = await freePort();
  const startedAtMs = nowMs();
  const child = spawnLogged([process.execPath, program, String(port), join(folder, 'mail')], `${folder}.log`);
  await untilGreeted(child, port, `${folder}.log`);
  const listeningAfterMs = nowMs() - startedAtMs;
  return { port, processId: child.pid ?? 0, listeningAfterMs, stop: () => end(child, stopLimitMs) };
}
