/** `service-program.ts LIBRARY`: a relay that only says what it does, run as a service by the given library. */
import { writeSync } from 'node:fs';
import { createServiceControlManager } from '../../electron/packaging/advapi32.ts';
import { runRelayService } from '../../electron/packaging/relay-service.ts';
import { MemoryLog } from './memory-log.ts';

const [library = ''] = process.argv.slice(2);
const say = (text: string): void => void writeSync(1, `${text}\n`);

process.exitCode = await runRelayService({
  openRelay: async () => {
    if (process.env.RELAY_FAILS !== undefined) throw new Error('no relay');
    say('relay opened');
    return { stop: async () => say('relay stopped') };
  },
  controlManager: createServiceControlManager({ advapi32: library, kernel32: library }),
  stopWanted: process.env.STOP_AT_ONCE === undefined ? new Promise(() => {}) : Promise.resolve(),
  log: new MemoryLog(),
  eventLog: { write: () => {} },
  complain: say,
});
