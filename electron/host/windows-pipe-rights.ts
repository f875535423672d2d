/** Who may open a pipe of Windows. Node has no word for it, so the pipe is opened once more and told, through koffi. */
import koffi from 'koffi';

export interface PipeLibraries {
  readonly advapi32: string;
  readonly kernel32: string;
}

const windowsLibraries: PipeLibraries = { advapi32: 'advapi32.dll', kernel32: 'kernel32.dll' };

/** The system, administrators, and the owner: the account of the relay. Nothing is inherited, nobody else is named. */
const pipeRights = 'D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;OW)';

/** winnt.h, fileapi.h */
const readControlAndWriteDac = 0x2_0000 | 0x4_0000;
const openExisting = 3;
const invalidHandle = 0xffff_ffff_ffff_ffffn;
const daclInformation = 4;
const sddlRevision = 1;

/**
 * @param libraries  Tests give one with the same functions.
 * @returns what sets the rights of a pipe that is listened on. It @throws {Error} with the number of Windows' error.
 */
export function createPipeRights(libraries = windowsLibraries): (address: string) => void {
  const kernel32 = koffi.load(libraries.kernel32);
  const advapi32 = koffi.load(libraries.advapi32);
  const lastError = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  const createFile = kernel32.func('__stdcall', 'CreateFileW', 'uintptr_t', [
    'str16',
    'uint32',
    'uint32',
    'void *',
    'uint32',
    'uint32',
    'void *',
  ]);
  const closeHandle = kernel32.func('__stdcall', 'CloseHandle', 'bool', ['uintptr_t']);
  const localFree = kernel32.func('__stdcall', 'LocalFree', 'void *', ['void *']);
  const parseRights = advapi32.func('__stdcall', 'ConvertStringSecurityDescriptorToSecurityDescriptorW', 'bool', [
    'str16',
    'uint32',
    koffi.out(koffi.pointer('void *')),
    'void *',
  ]);
  const setSecurity = advapi32.func('__stdcall', 'SetKernelObjectSecurity', 'bool', ['uintptr_t', 'uint32', 'void *']);
  const failure = (name: string): Error => new Error(`${name} failed with error ${lastError()} of Windows.`);

  return (address) => {
    const descriptor: [unknown] = [null];
    if (parseRights(pipeRights, sddlRevision, descriptor, null) !== true) {
      throw failure('ConvertStringSecurityDescriptorToSecurityDescriptorW');
    }
    try {
      const handle: unknown = createFile(address, readControlAndWriteDac, 0, null, openExisting, 0, null);
      if (BigInt(String(handle)) === invalidHandle) throw failure('CreateFileW');
      try {
        // One descriptor for all instances of a pipe, those to come included.
        if (setSecurity(handle, daclInformation, descriptor[0]) !== true) throw failure('SetKernelObjectSecurity');
      } finally {
        closeHandle(handle);
      }
    } finally {
      localFree(descriptor[0]);
    }
  };
}
