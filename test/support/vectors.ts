import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RecordHeader } from '../../src/core/kafka';

const ROOT = path.join(__dirname, '../unit/core/message/decoders/vectors');

/** Bytes that a reference implementation wrote. */
export interface Vector {
  readonly name: string;
  readonly schema?: unknown;
  readonly imports?: readonly { readonly name: string; readonly text: string }[];
  readonly bytes: string;
  /** What the JSON is encoded to, where the implementation writes more than is needed. */
  readonly again?: string;
  readonly json?: string;
  readonly problem?: string;
  readonly id?: number;
  /** What the framing names, where a registry with Confluent's API does not know it. */
  readonly names?: string;
  readonly guid?: string;
  readonly headers?: readonly { readonly name: string; readonly value: string }[];
}

/** Returns the vectors of all files in a folder, by the names of the files. */
export function vectorsOf(folder: string): ReadonlyMap<string, readonly Vector[]> {
  const files = readdirSync(path.join(ROOT, folder));
  return new Map(
    files.map((file) => {
      const { vectors } = JSON.parse(readFileSync(path.join(ROOT, folder, file), 'utf8')) as {
        readonly vectors: readonly Vector[];
      };
      assert.ok(vectors.length > 0, file);
      return [path.basename(file, '.json'), vectors];
    }),
  );
}

/** The headers of a vector as a record has them. */
export function headersOf({ headers }: Vector): readonly RecordHeader[] | undefined {
  return headers?.map(({ name, value }) => ({ name, value: Buffer.from(value, 'hex') }));
}
