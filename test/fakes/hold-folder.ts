/** Takes the lock of a data folder and keeps it until standard input ends: one of several processes that race for it. */
import { nodePorts } from '../../electron/base/node-ports.ts';
import { holdDataFolder } from '../../electron/host/hold-data-folder.ts';
import { MemoryLog } from './memory-log.ts';

const [dataFolder = ''] = process.argv.slice(2);
try {
  await holdDataFolder({ dataFolder, program: 'racer', ports: nodePorts({ log: new MemoryLog() }) });
  console.log('got it');
  process.stdin.resume();
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
}
