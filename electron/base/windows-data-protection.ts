/** Secrets sealed by Windows (DPAPI), through koffi. */
import type { SecretProtection } from './ports.ts';

export interface ProtectionLibraries {
  readonly crypt32: string;
  readonly kernel32: string;
}

const windowsLibraries: ProtectionLibraries = { crypt32: 'crypt32.dll', kernel32: 'kernel32.dll' };

/**
 * dpapi.h. For the computer and not for one account: the service and a console that hosts the relay read the same file. Its
 * rights keep other accounts of this computer out; the seal makes a copy worthless elsewhere, in a backup or on a stolen disk.
 */
const forThisComputer = 0x4;
const neverAsk = 0x1;
const description = 'SMTP Relay Manager';

/** @param libraries  Tests give one with the same functions. */
export const createWindowsDataProtection = (libraries = windowsLibraries): SecretProtection => ({
  async protect(text) {
    const { seal } = await load(libraries);
    return seal(Buffer.from(text, 'utf8'));
  },
  async unprotect(sealed) {
    const { open } = await load(libraries);
    return open(sealed).toString('utf8');
  },
});

/** Loaded when a secret is there: a relay without one never needs native code for it. */
async function load(libraries: ProtectionLibraries) {
  const { default: koffi } = await import('koffi');
  const kernel32 = koffi.load(libraries.kernel32);
  const crypt32 = koffi.load(libraries.crypt32);
  const lastError = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  const localFree = kernel32.func('__stdcall', 'LocalFree', 'void *', ['void *']);
  // DATA_BLOB: the count in bytes, padded to the width of the pointer after it.
  const blob = koffi.struct({ size: 'uint32', data: 'void *' });
  const from = koffi.pointer(blob);
  const to = koffi.out(koffi.pointer(blob));
  const parameters = ['void *', 'void *', 'void *', 'uint32', to];
  const protect = crypt32.func('__stdcall', 'CryptProtectData', 'bool', [from, 'str16', ...parameters]);
  const unprotect = crypt32.func('__stdcall', 'CryptUnprotectData', 'bool', [from, 'void *', ...parameters]);

  const call = (
    name: string,
    run: (input: object, output: { size?: number; data?: unknown }) => unknown,
    bytes: Uint8Array,
  ) => {
    const output: { size?: number; data?: unknown } = {};
    if (run({ size: bytes.length, data: Buffer.from(bytes) }, output) !== true) {
      throw new Error(`${name} failed with error ${lastError()} of Windows`);
    }
    try {
      return Buffer.from(koffi.decode(output.data, koffi.array('uint8', output.size ?? 0, 'Typed')));
    } finally {
      localFree(output.data);
    }
  };
  return {
    seal: (bytes: Uint8Array) =>
      call(
        'CryptProtectData',
        (input, output) => protect(input, description, null, null, null, forThisComputer | neverAsk, output),
        bytes,
      ),
    open: (bytes: Uint8Array) =>
      call('CryptUnprotectData', (input, output) => unprotect(input, null, null, null, null, neverAsk, output), bytes),
  };
}
