/**
 * Which packages of others are in the programs, under which licences, and the list that goes along with them. A package
 * without a permissive licence stops the packaging.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Relative to the project, with slashes: node_modules/zod. */
  readonly folder: string;
  /** The words of the licence; empty when the package has no file with them. */
  readonly text: string;
}

/** Give back nothing but notice and text, or nothing at all. OFL is for the fonts. */
const permissive = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0'],
  ...['OFL-1.1', 'Unlicense'],
]);

/** One of the alternatives of an OR is enough; of an AND, every part counts. Pure. */
export function isPermissive(expression: string): boolean {
  const alternatives = expression.replace(/[()]/g, ' ').split(/\sOR\s/);
  return alternatives.some((parts) => parts.split(/\sAND\s/).every((licence) => permissive.has(licence.trim())));
}

/** The folder of the package that a bundled file comes from; null for a file of our own. Pure. */
export function packageFolder(sourceId: string): string | null {
  const parts = sourceId.replaceAll('\\', '/').split('node_modules/');
  const [scope = '', name = ''] = (parts.at(-1) ?? '').split('/');
  if (parts.length === 1 || scope === '') return null;
  const own = scope.startsWith('@') ? `${scope}/${name}` : scope;
  // Nested ones keep their place: two versions of a package are two packages.
  return ['', ...parts.slice(1, -1), own].join('node_modules/');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

export function readPackage(root: string, folder: string): ShippedPackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license ?? 'none',
    folder,
    text: file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim(),
  };
}

/** @throws {Error} that names every package without a permissive licence. */
export function requirePermissive(packages: readonly ShippedPackage[]): void {
  const others = packages.filter(({ licence }) => !isPermissive(licence));
  if (others.length === 0) return;
  const list = others.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join(', ');
  throw new Error(`These packages would be shipped without a permissive licence: ${list}.`);
}

const line = '-'.repeat(80);

/** For people, in order of names. Pure. */
export function licenceText(packages: readonly ShippedPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\nLicence: ${licence}\n${text === '' ? '' : `\n${text.replace(/\r\n?/g, '\n')}\n`}`,
  );
  return [
    'SMTP Relay Manager contains the following software of others. The licences of Electron and Chromium are in',
    'LICENSE.electron.txt and LICENSES.chromium.html.\n',
    ...parts.map((part) => `${line}\n${part}`),
  ].join('\n');
}

interface Bom {
  readonly metadata: { readonly component: object };
  readonly components: readonly BomComponent[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

interface BomComponent {
  /** name@version */
  readonly 'bom-ref': string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/**
 * What npm knows of the whole project, cut down to what is shipped: a bundler is no part of the product. Pure.
 * @param bom  CycloneDX, as `npm sbom` writes it; its first dependencies are those of the project itself.
 * @throws {Error} that names a shipped package npm does not know.
 */
export function shippedBom<Given extends Bom>(bom: Given, packages: readonly ShippedPackage[]): Given {
  const shipped = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const components = bom.components.filter((component) => shipped.has(component['bom-ref'])).map(asShipped);
  const known = new Set(components.map((component) => component['bom-ref']));
  const missing = [...shipped].filter((name) => !known.has(name));
  if (missing.length > 0) throw new Error(`The bill of materials lacks ${missing.join(', ')}. Run npm ci.`);
  const dependencies = bom.dependencies.flatMap(({ ref, dependsOn = [] }, index) =>
    index === 0 || shipped.has(ref) ? [{ ref, dependsOn: dependsOn.filter((other) => shipped.has(other)) }] : [],
  );
  // npm takes the name of the folder.
  const metadata = {
    ...bom.metadata,
    component: { ...bom.metadata.component, name: 'smtp-relay-manager', type: 'application' },
  };
  return { ...bom, metadata, components, dependencies };
}

/** Bundled, a development dependency is part of the product like any other. */
const asShipped = <Component extends BomComponent>(component: Component): Component => ({
  ...component,
  properties: component.properties?.filter(({ name }) => name !== 'cdx:npm:package:development') ?? [],
});
