#!/usr/bin/env node
/** `electron-program.ts APP_FOLDER ...args`: the stand-in as an executable, where a program wants to start Electron itself. */
import { resolve } from 'node:path';

const [appFolder = '.', ...args] = process.argv.slice(2);
process.env.STAND_IN_APP_FOLDER = resolve(appFolder);
const main = resolve(appFolder, 'dist/main/index.js');
process.argv = [process.execPath, main, ...args];
await import('./register.ts');
await import(main);
