// Lists what of other packages is in the bundles, as CycloneDX 1.6:
// https://cyclonedx.org/docs/1.6/json/
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX identifier or expression
 * @property {Readonly<Record<string, string>>} [dependencies]
 */

/**
 * What package-lock.json knows, by the folder of each package.
 *
 * @typedef {object} Lock
 * @property {Readonly<Record<string, { integrity?: string }>>} packages
 */

/**
 * Returns the bill of materials of the extension: which packages ship, which files hold code of
 * each, and which package needs which. Equal arguments give equal text: it holds no time, and its
 * serial number is made of its content.
 *
 * @param {Manifest & { publisher: string }} extension its manifest
 * @param {ReadonlyMap<string, readonly string[]>} packages by the folder of each package, the files
 *   that hold code of it
 * @param {Lock} lock
 * @returns {string} JSON
 * @throws if the lock file does not pin the content of a package
 */
function bomOf(extension, packages, lock) {
  const { publisher, name, version, license } = extension;
  const own = `pkg:vscode-extension/${publisher}/${name}@${version}`;
  const manifests = new Map([...packages.keys()].map((folder) => [folder, manifestIn(folder)]));

  /** @param {Manifest} manifest @param {string} folder */
  const needsOf = ({ dependencies = {} }, folder) =>
    Object.keys(dependencies).flatMap((needed) => folderOf(needed, folder, packages) ?? []);

  const components = [...manifests].map(([folder, manifest]) => ({
    type: 'library',
    // A package may ship in two versions, or twice in one.
    'bom-ref': folder,
    name: manifest.name,
    version: manifest.version,
    hashes: [hashIn(lock, folder)],
    licenses: [licenceOf(manifest)],
    purl: purlOf(manifest),
    evidence: { occurrences: packages.get(folder)?.map((location) => ({ location })) },
  }));
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': own,
        publisher,
        name,
        version,
        licenses: [{ license: { id: license } }],
        purl: own,
      },
    },
    components,
    dependencies: [
      { ref: own, dependsOn: needsOf(extension, '') },
      ...[...manifests].map(([folder, manifest]) => ({
        ref: folder,
        dependsOn: needsOf(manifest, folder),
      })),
    ],
  };
  return `${JSON.stringify({ ...bom, serialNumber: serialNumberOf(bom) }, undefined, 1)}\n`;
}

/** @param {string} folder */
function manifestIn(folder) {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return /** @type {Manifest} */ (manifest);
}

/**
 * Returns the folder of a package that is needed in `folder`, as Node finds it.
 *
 * @param {string} name
 * @param {string} folder
 * @param {ReadonlyMap<string, unknown>} packages by folder
 * @returns {string | undefined} undefined if nothing of it ships
 */
function folderOf(name, folder, packages) {
  const found = path.posix.join(folder, 'node_modules', name);
  if (packages.has(found)) return found;
  const end = folder.lastIndexOf('node_modules/');
  return end < 0 ? undefined : folderOf(name, folder.slice(0, Math.max(end - 1, 0)), packages);
}

/**
 * https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md
 *
 * @param {Manifest} manifest
 */
function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/**
 * @param {Lock} lock
 * @param {string} folder
 */
function hashIn(lock, folder) {
  const [, base64] = /^sha512-(\S+)$/.exec(lock.packages[folder]?.integrity ?? '') ?? [];
  if (base64 === undefined) throw new Error(`The lock file has no SHA-512 of ${folder}.`);
  return { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') };
}

/** @param {Manifest} manifest */
function licenceOf({ license }) {
  return /\s/.test(license) ? { expression: license } : { license: { id: license } };
}

/**
 * Returns a UUID of version 8, whose bits are free (RFC 9562, 5.8).
 *
 * @param {object} content
 */
function serialNumberOf(content) {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x80, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const digits = hash.toString('hex', 0, 16);
  return `urn:uuid:${digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`;
}

module.exports = { bomOf };
