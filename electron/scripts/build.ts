/**
 * `npm run build`: bundles every program of the product into dist/, in parallel. Everything but Node's own modules and
 * `electron` goes into the bundles, so that what is shipped needs no node_modules.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type InlineConfig, mergeConfig, type Plugin, build as viteBuild } from 'vite';

const root = resolve(import.meta.dirname, '../..');

interface Program {
  readonly name: string;
  /** Relative to the root of the project; a program that does not exist in a checkout fails the build by this name. */
  readonly source: string;
  readonly config: InlineConfig;
}

export interface BuildOptions {
  /** One folder per program is made in it; dist/ of the project without it. */
  readonly outFolder?: string;
  /** For an installer: without the browser console, which is for development and as a fallback. */
  readonly packaged?: boolean;
  /** Hears of every file that went into a program: its path, sometimes with something behind a `?` or a zero byte before it. */
  readonly onSource?: (id: string) => void;
}

const base: InlineConfig = { configFile: false, root, logLevel: 'warn', publicDir: false };

/** One ES module for the Node inside Electron 45, and for any Node from 22.12 on. */
const forNode = (name: string, source: string): Program => ({
  name,
  source,
  config: {
    ...base,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: source,
      target: 'node22.12',
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
  forNode('main', 'electron/main/launch.ts'),
  forNode('service', 'electron/service.ts'),
  forNode('cli', 'electron/cli/index.ts'),
  preload,
  renderer,
];

/** Nothing of the browser console, its server and the libraries of that comes along. */
const withoutBrowserConsole: Plugin = {
  name: 'without-browser-console',
  enforce: 'pre',
  resolveId: (source) =>
    source.endsWith('/console-server.ts') ? resolve(root, 'electron/packaging/no-console-server.ts') : null,
};

const hearSources = (onSource: (id: string) => void): Plugin => ({
  name: 'hear-sources',
  buildEnd() {
    for (const id of this.getModuleIds()) onSource(id);
  },
});

async function buildProgram({ name, source, config }: Program, options: BuildOptions): Promise<void> {
  const { outFolder = 'dist', packaged = false, onSource } = options;
  if (!existsSync(resolve(root, source))) throw new Error(`${name} was not built: ${source} does not exist.`);
  try {
    await viteBuild(
      mergeConfig(config, {
        build: { outDir: resolve(root, outFolder, name), emptyOutDir: true },
        plugins: [packaged && withoutBrowserConsole, onSource !== undefined && hearSources(onSource)],
      }),
    );
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
export async function build(
  names: readonly string[] = programs.map(({ name }) => name),
  options: BuildOptions = {},
): Promise<void> {
  const chosen = programs.filter(({ name }) => names.includes(name));
  const results = await Promise.allSettled(chosen.map((program) => buildProgram(program, options)));
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
