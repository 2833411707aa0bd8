import { type Schema, Validator } from '@cfworker/json-schema';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** They are no export of the package, but a documented part of it. */
const folder = path.join(
  path.dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);

function readSchema(file: string): Schema {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Schema;
}

/** Returns what is wrong with a bill of materials, by the JSON schema of CycloneDX 1.6. */
export function problemsOfBom(bom: string): readonly string[] {
  const validator = new Validator(readSchema('bom-1.6.SNAPSHOT.schema.json'), '7', false);
  for (const file of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    // It is referred to by the name of its file.
    validator.addSchema(readSchema(file), `http://cyclonedx.org/schema/${file}`);
  }
  const { errors } = validator.validate(JSON.parse(bom));
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}
