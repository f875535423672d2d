/** `node --import register.ts dist/main/index.js`: `electron` is the stand-in, and the platform is the one that a test wants. */
import { registerHooks } from 'node:module';

const { STAND_IN_PLATFORM: platform } = process.env;
if (platform !== undefined) Object.defineProperty(process, 'platform', { value: platform });

const standIn = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
