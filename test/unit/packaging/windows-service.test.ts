import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandResult } from '../../../electron/base/command-runner.ts';
import type { ServiceControl } from '../../../electron/packaging/service-control.ts';
import { createWindowsService } from '../../../electron/packaging/windows-service.ts';
import { parseServiceStatus } from '../../../electron/packaging/windows-service-status.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { ScriptedCommands } from '../../fakes/scripted-commands.ts';

const program = 'C:\\Program Files\\SMTP Relay Manager\\SMTP Relay Manager.exe';
const installation = { program, dataFolder: null, firewallPorts: [] };

const english = (state: string, processId: number, windowsCode = 0, ownCode = 0): string => `
SERVICE_NAME: SmtpRelay
        TYPE               : 10  WIN32_OWN_PROCESS
        STATE              : ${state}
                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)
        WIN32_EXIT_CODE    : ${windowsCode}  (0x${windowsCode.toString(16)})
        SERVICE_EXIT_CODE  : ${ownCode}  (0x${ownCode.toString(16)})
        CHECKPOINT         : 0x0
        WAIT_HINT          : 0x0
        PID                : ${processId}
        FLAGS              :
`;

/** Labels translated, the e-acute a byte of the console's code page. */
const translated = `\r
SERVICE_NAME: SmtpRelay\r
        TYP                : 10  WIN32_OWN_PROCESS\r
        STATUS             : 3  STOP_PENDING\r
                                (NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)\r
        WIN32_EXIT_CODE    : 1066  (0x42a)\r
        D\u0082TAIL_CODE      : 1  (0x1)\r
        PR\u009aFPUNKT         : 0x1\r
        WARTEHINWEIS       : 0xea60\r
        PID                : 4711\r
        KENNZEICHEN        :\r
`;

describe('the status', () => {
  test('is read whatever the language of Windows', () => {
    expect(parseServiceStatus(english('4  RUNNING', 812))).toEqual({ state: 'running', processId: 812, exitCode: 0 });
    expect(parseServiceStatus(translated)).toEqual({ state: 'stopping', processId: 4711, exitCode: 1 });
  });

  test('has the reason of the last end', () => {
    expect(parseServiceStatus(english('1  STOPPED', 0, 1069))).toEqual({
      state: 'stopped',
      processId: null,
      exitCode: 1069,
    });
    expect(parseServiceStatus(english('1  STOPPED', 0, 1066, 3))?.exitCode).toBe(3);
  });

  test.each(['', 'The RPC server is unavailable.', english('9  UNHEARD_OF', 1)])('is not guessed from %j', (text) => {
    expect(parseServiceStatus(text)).toBeNull();
  });
});

/** A service that Windows knows, driven by the commands it gets. */
class FakeService {
  state = '1  STOPPED';
  installed = false;
  /** How many questions a start or stop is pending. */
  pending = 1;
  failsWith: readonly [words: string, exitCode: number] | null = null;
  #next: { readonly state: string; questions: number } | null = null;

  answer(words: string): Partial<CommandResult> | undefined {
    if (this.failsWith !== null && words.startsWith(this.failsWith[0])) return { exitCode: this.failsWith[1] };
    const [program, verb] = words.split(' ');
    if (program !== 'sc.exe') return undefined;
    if (verb === 'create') this.installed = true;
    else if (!this.installed) return { exitCode: 1060 };
    if (verb === 'delete') this.installed = false;
    if (verb === 'start') return this.#change('2  START_PENDING', '4  RUNNING', '4', 1056);
    if (verb === 'stop') return this.#change('3  STOP_PENDING', '1  STOPPED', '1', 1062);
    return verb === 'queryex' ? { stdout: this.#status() } : undefined;
  }

  #change(pending: string, after: string, already: string, code: number): Partial<CommandResult> | undefined {
    if (this.state.startsWith(already)) return { exitCode: code };
    this.state = pending;
    this.#next = { state: after, questions: this.pending };
    return undefined;
  }

  #status(): string {
    if (this.#next !== null && this.#next.questions-- <= 0) {
      this.state = this.#next.state;
      this.#next = null;
    }
    return english(this.state, this.state.startsWith('1') ? 0 : 812);
  }
}

let service: FakeService;
let commands: ScriptedCommands;
let clock: FakeClock;
let folders: string[];
let control: ServiceControl;

beforeEach(() => {
  service = new FakeService();
  commands = new ScriptedCommands((words) => service.answer(words));
  clock = new FakeClock();
  folders = [];
  control = createWindowsService({
    runner: commands,
    clock,
    systemRoot: 'C:\\Windows',
    defaultDataFolder: 'C:\\ProgramData\\SmtpRelay',
    ensureFolder: async (folder) => void folders.push(folder),
  });
});

/** Lets time pass until the action has ended. */
async function inTime<Answer>(action: Promise<Answer>): Promise<Answer> {
  let open = true;
  const settled = action.finally(() => {
    open = false;
  });
  settled.catch(() => {});
  while (open) await clock.advance(250);
  return settled;
}

const verbs = (): readonly string[] => commands.words.map((words) => words.split(' ').slice(0, 2).join(' '));

describe('an installation', () => {
  test('makes the service, then the rights of its folder, and starts nothing', async () => {
    await control.install(installation);
    expect(verbs()).toEqual([
      ...['sc.exe queryex', 'sc.exe create', 'sc.exe description', 'sc.exe failure', 'sc.exe failureflag'],
      ...['icacls.exe C:\\ProgramData\\SmtpRelay', 'eventcreate.exe /L'],
    ]);
    expect(folders).toEqual(['C:\\ProgramData\\SmtpRelay']);
  });

  test('can be repeated: what exists is corrected', async () => {
    await control.install(installation);
    await control.install({ ...installation, dataFolder: 'D:\\Mail', firewallPorts: [25] });
    expect(verbs()).toContain('sc.exe config');
    expect(folders.at(-1)).toBe('D:\\Mail');
    expect(commands.words.at(-2)).toContain('delete rule name=SMTP Relay Manager');
    expect(commands.words.at(-1)).toContain('add rule name=SMTP Relay Manager');
  });

  test('without administrator rights ends at the first step and says so', async () => {
    service.failsWith = ['sc.exe create', 5];
    await expect(control.install(installation)).rejects.toThrow(
      /Administrator rights are needed.*sc\.exe create: error 5/,
    );
    expect(folders).toEqual([]);
  });

  test('ends where the rights of the folder cannot be set: mail must not lie open', async () => {
    service.failsWith = ['icacls.exe', 1332];
    await expect(control.install(installation)).rejects.toThrow(/icacls\.exe .*error 1332/);
  });

  test('goes on where the event source cannot be made known', async () => {
    service.failsWith = ['eventcreate.exe', 1];
    await expect(control.install(installation)).resolves.toBeUndefined();
  });
});

describe('a start', () => {
  beforeEach(() => control.install(installation));

  test('resolves when the service runs', async () => {
    service.pending = 3;
    await inTime(control.start());
    expect(await control.status()).toMatchObject({ state: 'running', processId: 812 });
  });

  test('of a running service is as good as one', async () => {
    await inTime(control.start());
    await expect(inTime(control.start())).resolves.toBeUndefined();
  });

  test('that fails names the state and where the reason is', async () => {
    const answer = service.answer.bind(service);
    service.answer = (words) =>
      words.startsWith('sc.exe queryex') ? { stdout: english('1  STOPPED', 0, 1066, 1) } : answer(words);
    await expect(inTime(control.start())).rejects.toThrow(/is stopped \(exit code 1\).*event log/);
  });

  test('is not waited for without end', async () => {
    service.pending = Number.POSITIVE_INFINITY;
    await expect(inTime(control.start())).rejects.toThrow(/still starting after 90 seconds/);
  });
});

describe('a removal', () => {
  test('stops first, waits for the end, and leaves the data folder alone', async () => {
    await control.install(installation);
    await inTime(control.start());
    commands.ran.length = 0;
    await inTime(control.remove());
    expect(verbs().filter((words) => words !== 'sc.exe queryex')).toEqual([
      ...['sc.exe stop', 'sc.exe delete', 'netsh.exe advfirewall'],
    ]);
    expect(service.state).toBe('1  STOPPED');
    expect(await control.status()).toMatchObject({ state: 'notInstalled' });
  });

  test('of a service that is not there is nothing', async () => {
    await control.remove();
    expect(verbs()).toEqual(['sc.exe queryex']);
  });
});

test('a start without a service says how to get one', async () => {
  await expect(control.start()).rejects.toThrow(/not installed.*smtp-relay service install/);
});
