/**
 * `npm run build`: bundles every program of the product into dist/, in parallel. Everything but Node's own modules and
 * `electron` goes into the bundles, so that what is shipped needs no node_modules.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type InlineConfig, build as viteBuild } from 'vite';

const root = resolve(import.meta.dirname, '../..');

interface Program {
  readonly name: string;
  /** Relative to the root of the project; a program that does not exist in a checkout fails the build by this name. */
  readonly source: string;
  readonly config: InlineConfig;
}

const base: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false };

/** One ES module for the Node inside Electron 45 and of the service. */
const forNode = (name: string, source: string): Program => ({
  name,
  source,
  config: {
    ...base,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: source,
      outDir: `dist/${name}`,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        // ws tries two native accelerators and does without them: left to run time, where they are not installed either.
        external: ['bufferutil', 'utf-8-validate'],
        output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false },
      },
    },
  },
});

/** A sandboxed preload can't be an ES module and can require nothing but `electron`: one CommonJS file. */
const preload: Program = {
  name: 'preload',
  source: 'electron/preload/index.ts',
  config: {
    ...base,
    build: {
      outDir: 'dist/preload',
      emptyOutDir: true,
      target: 'chrome156',
      minify: false,
      lib: { entry: 'electron/preload/index.ts', formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  },
};

const renderer: Program = {
  name: 'renderer',
  source: 'renderer/vite.config.ts',
  config: { configFile: resolve(root, 'renderer/vite.config.ts'), logLevel: 'warn' },
};

const programs: readonly Program[] = [
  forNode('main', 'electron/main/index.ts'),
  forNode('service', 'electron/service.ts'),
  forNode('cli', 'electron/cli/index.ts'),
  preload,
  renderer,
];

async function buildProgram({ name, source, config }: Program): Promise<void> {
  if (!existsSync(resolve(root, source))) throw new Error(`${name} was not built: ${source} does not exist.`);
  try {
    await viteBuild(config);
  } catch (error) {
    throw new Error(`${name} was not built: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Writes dist/main, dist/preload, dist/renderer, dist/service and dist/cli. Every program is tried, so that one run shows
 * all that is wrong.
 * @throws {AggregateError} one error per program that failed, its message naming program and reason.
 */
export async function build(names: readonly string[] = programs.map(({ name }) => name)): Promise<void> {
  const results = await Promise.allSettled(programs.filter(({ name }) => names.includes(name)).map(buildProgram));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
}

if (import.meta.main) {
  try {
    await build();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
