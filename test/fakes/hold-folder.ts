/** Takes the lock of a data folder and keeps it until standard input ends: one of several processes that race for it. */
import { nodePorts } from '../../electron/base/node-ports.ts';
import { holdDataFolder } from '../../electron/host/hold-data-folder.ts';
import { pipeAddressOf } from '../../electron/host/pipe-client.ts';
import { servePipe } from '../../electron/host/pipe-server.ts';
import { MemoryLog } from './memory-log.ts';

const [dataFolder = ''] = process.argv.slice(2);
try {
  const log = new MemoryLog();
  await holdDataFolder({ dataFolder, program: 'racer', ports: nodePorts({ log }) });
  // There a living owner is known by its pipe.
  if (process.platform === 'win32') {
    await servePipe({ address: pipeAddressOf(dataFolder), log, onChannel: (channel) => channel.close() });
  }
  console.log('got it');
  process.stdin.resume();
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
}
