/**
 * Checks package-lock.json for a trap: npm writes a lock without a missing optional (platform) package and says nothing,
 * and `npm ci` then fails on another machine. Prints what is missing and exits 1.
 */
import { readFileSync } from 'node:fs';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly link?: boolean;
}

type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Node's look-up: beside the dependent first, then in every folder above it. */
function isLocked(packages: LockedPackages, dependent: string, name: string): boolean {
  for (let folder = dependent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
    if (!folder.includes('/node_modules/')) return packages[`node_modules/${name}`] !== undefined;
  }
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockedPackages };
const missing = Object.entries(packages).flatMap(([dependent, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !isLocked(packages, dependent, name))
    .map((name) => `${name}, wanted by ${dependent}`),
);

if (missing.length > 0) {
  console.error(
    `package-lock.json lacks ${missing.length} optional packages; 'npm ci' would fail:\n  ${missing.join('\n  ')}`,
  );
  process.exitCode = 1;
} else {
  console.log(`package-lock.json: ${Object.keys(packages).length} packages, no optional package missing`);
}
