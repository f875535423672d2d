/** The console of Windows that a program with a window was started from, through koffi: a prompt and a line that is not shown. */
import koffi from 'koffi';
import { problem } from '../../shared/contract/problem.ts';
import type { SecretPrompt } from './read-secret.ts';

/** Tests give a library with the same functions. */
const windowsLibrary = 'kernel32.dll';

/** wincon.h, winnt.h, fileapi.h, winerror.h */
const parentProcess = 0xffff_ffff;
const alreadyAttached = 5;
const readAndWrite = 0xc000_0000;
const shared = 3;
const openExisting = 3;
const invalidHandle = 0xffff_ffff_ffff_ffffn;
/** Lines and Ctrl+C as usual, and no echo. */
const hiddenLine = 0x1 | 0x2;
const longestCharacters = 4_096;

/** @throws {ProblemError} 'notPossible' when there is no console: the secret can be piped in instead. */
export function createConsolePrompt(libraryName = windowsLibrary): SecretPrompt {
  const kernel32 = koffi.load(libraryName);
  const lastError = kernel32.func('__stdcall', 'GetLastError', 'uint32', []);
  const attach = kernel32.func('__stdcall', 'AttachConsole', 'bool', ['uint32']);
  const createFile = kernel32.func('__stdcall', 'CreateFileW', 'uintptr_t', [
    'str16',
    'uint32',
    'uint32',
    'void *',
    'uint32',
    'uint32',
    'void *',
  ]);
  const getMode = kernel32.func('__stdcall', 'GetConsoleMode', 'bool', [
    'uintptr_t',
    koffi.out(koffi.pointer('uint32')),
  ]);
  const setMode = kernel32.func('__stdcall', 'SetConsoleMode', 'bool', ['uintptr_t', 'uint32']);
  const text = ['uintptr_t', 'void *', 'uint32', koffi.out(koffi.pointer('uint32')), 'void *'];
  const read = kernel32.func('__stdcall', 'ReadConsoleW', 'bool', text);
  const write = kernel32.func('__stdcall', 'WriteConsoleW', 'bool', text);

  if (attach(parentProcess) !== true && lastError() !== alreadyAttached) throw noConsole();
  const open = (name: string): unknown => {
    const handle: unknown = createFile(name, readAndWrite, shared, null, openExisting, 0, null);
    if (BigInt(String(handle)) === invalidHandle) throw noConsole();
    return handle;
  };
  const [input, output] = [open('CONIN$'), open('CONOUT$')];
  const say = (words: string): void => {
    write(output, Buffer.from(words, 'utf16le'), words.length, [0], null);
  };
  /** On a thread of its own: the relay's answers may come meanwhile. */
  const readLine = (): Promise<string | null> =>
    new Promise((resolve, reject) => {
      const characters = Buffer.alloc(longestCharacters * 2);
      const count: [number] = [0];
      read.async(input, characters, longestCharacters, count, null, (error: unknown, succeeded: boolean) => {
        if (error) reject(error);
        // Ctrl+C and Ctrl+Z end the line without its line end.
        else if (!succeeded || count[0] === 0) resolve(null);
        else resolve(characters.toString('utf16le', 0, count[0] * 2).replace(/\r?\n$/, ''));
      });
    });
  return {
    async ask(prompt) {
      const before: [number] = [0];
      if (getMode(input, before) !== true || setMode(input, hiddenLine) !== true) throw noConsole();
      try {
        say(prompt);
        return await readLine();
      } finally {
        setMode(input, before[0]);
        say('\r\n');
      }
    },
  };
}

const noConsole = () =>
  problem(
    'notPossible',
    'There is no console to ask at. Pipe the secret in instead, for example from a file: type secret.txt | smtp-relay …',
  );
