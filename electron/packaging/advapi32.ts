/**
 * The service control manager through advapi32.dll, called from this process with koffi.
 *
 * StartServiceCtrlDispatcherW keeps its thread until the service has stopped, and Windows calls ServiceMain and the control
 * handler on threads of its own. koffi runs the call on a worker thread and queues both callbacks to the event loop: the
 * code of the relay stays on one thread, and Windows' threads wait for the answer meanwhile.
 */
import koffi from 'koffi';
import type { ServiceControlManager, ServiceState } from './service-control-manager.ts';

/** winsvc.h */
const win32OwnProcess = 0x10;
const states = { stopped: 1, starting: 2, stopping: 3, running: 4 } as const;
const acceptStopAndShutdown = 0x1 | 0x4;
const controls = { stop: 1, interrogate: 4, shutdown: 5 } as const;

/** winerror.h */
const noError = 0;
const callNotImplemented = 120;
const failedServiceControllerConnect = 1063;
const serviceSpecificError = 1066;

export interface ServiceLibraries {
  readonly advapi32: string;
  readonly kernel32: string;
}

const windowsLibraries: ServiceLibraries = { advapi32: 'advapi32.dll', kernel32: 'kernel32.dll' };

/** @param libraries  Tests give one with the same functions. */
export function createServiceControlManager(libraries = windowsLibraries): ServiceControlManager {
  const api = loadFunctions(libraries);
  return {
    connect: (serviceName, onStop) =>
      new Promise((resolve, reject) => {
        let tellEnded = (): void => {};
        const ended = new Promise<void>((settle) => {
          tellEnded = settle;
        });
        const handleControl = koffi.register((control: number): number => {
          if (control === controls.stop || control === controls.shutdown) onStop();
          else if (control !== controls.interrogate) return callNotImplemented;
          return noError;
        }, api.handlerPointer);
        const serviceMain = koffi.register(() => {
          const handle: unknown = api.registerHandler(serviceName, handleControl, null);
          if (handle === null) reject(failure('RegisterServiceCtrlHandlerExW', api.lastError()));
          else resolve({ report: (state) => report(api, handle, state), ended });
        }, api.serviceMainPointer);

        const table = [
          { name: serviceName, main: serviceMain },
          { name: null, main: null },
        ];
        api.startDispatcher.async(table, (error: unknown, succeeded: boolean) => {
          const code = api.lastError();
          koffi.unregister(handleControl);
          koffi.unregister(serviceMain);
          tellEnded();
          // Without effect once ServiceMain was called.
          if (error) reject(error);
          else if (!succeeded && code === failedServiceControllerConnect) resolve(null);
          else reject(failure('StartServiceCtrlDispatcherW', code));
        });
      }),
  };
}

function report(api: ServiceFunctions, handle: unknown, state: ServiceState): void {
  const exitCode = state.state === 'stopped' ? state.exitCode : 0;
  const accepted: unknown = api.setStatus(handle, {
    serviceType: win32OwnProcess,
    currentState: states[state.state],
    controlsAccepted: state.state === 'running' || state.state === 'starting' ? acceptStopAndShutdown : 0,
    win32ExitCode: exitCode === 0 ? noError : serviceSpecificError,
    serviceSpecificExitCode: exitCode,
    // Windows looks for a new number within the hint; one long hint is given instead.
    checkPoint: 'waitHintMs' in state ? 1 : 0,
    waitHint: 'waitHintMs' in state ? state.waitHintMs : 0,
  });
  if (accepted !== true) throw failure('SetServiceStatus', api.lastError());
}

const failure = (name: string, code: number): Error => new Error(`${name} failed with error ${code} of Windows.`);

type ServiceFunctions = ReturnType<typeof loadFunctions>;

function loadFunctions(libraries: ServiceLibraries) {
  const advapi32 = koffi.load(libraries.advapi32);
  const kernel32 = koffi.load(libraries.kernel32);
  const serviceMainPointer = koffi.pointer(koffi.proto('__stdcall', null, 'void', ['uint32', 'void *']));
  const handlerPointer = koffi.pointer(
    koffi.proto('__stdcall', null, 'uint32', ['uint32', 'uint32', 'void *', 'void *']),
  );
  const tableEntry = koffi.struct({ name: 'str16', main: serviceMainPointer });
  const status = koffi.struct({
    serviceType: 'uint32',
    currentState: 'uint32',
    controlsAccepted: 'uint32',
    win32ExitCode: 'uint32',
    serviceSpecificExitCode: 'uint32',
    checkPoint: 'uint32',
    waitHint: 'uint32',
  });
  const lastError = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  return {
    serviceMainPointer,
    handlerPointer,
    lastError: (): number => Number(lastError()),
    startDispatcher: advapi32.func('__stdcall', 'StartServiceCtrlDispatcherW', 'bool', [koffi.pointer(tableEntry)]),
    registerHandler: advapi32.func('__stdcall', 'RegisterServiceCtrlHandlerExW', 'void *', [
      'str16',
      handlerPointer,
      'void *',
    ]),
    setStatus: advapi32.func('__stdcall', 'SetServiceStatus', 'bool', ['void *', koffi.pointer(status)]),
  };
}
