import { phrase } from '../../../phrase';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { at, Misfit } from '../schemas/problems';
import type { ByteWriter } from './bytes';
import { type AvroType, branchName, type UnionType } from './schema';
import { expectedAny, found, quoted } from './sentences';

interface Target extends ByteWriter {
  value(type: AvroType, json: ExactJson, isDefault: boolean): void;
  attempt(write: () => void): Buffer | Misfit;
}

/**
 * Writes a value of a union: as Avro's JSON has it, with the name of its branch
 * (`{"string": "a"}`), or without where only one branch fits. Throws `Misfit`.
 */
export function writeUnion(
  to: Target,
  { branches }: UnionType,
  json: ExactJson,
  isDefault: boolean,
): void {
  const named = isDefault ? undefined : namedBranch(branches, json);
  if (named) {
    to.long(named.index);
    at(named.name, () => {
      to.value(named.type, named.value, false);
    });
    return;
  }
  const candidates = branches
    .map((type, index) => ({ type, index }))
    .filter(({ type }) => mayFit(type, json));
  const write = ({ type, index }: { readonly type: AvroType; readonly index: number }) => {
    to.long(index);
    to.value(type, json, isDefault);
  };
  const [only, ...others] = candidates;
  if (!only) throw noneFits(branches, json);
  if (others.length === 0) {
    write(only);
    return;
  }
  const fitting: { readonly name: string; readonly bytes: Buffer }[] = [];
  for (const candidate of candidates) {
    const bytes = to.attempt(() => {
      write(candidate);
    });
    if (bytes instanceof Misfit) continue;
    fitting.push({ name: branchName(candidate.type), bytes });
    // The type of a default is the first one that fits.
    if (isDefault) break;
  }
  const [fits, another] = fitting;
  if (!fits) throw noneFits(branches, json);
  if (another) {
    const way = ({ name }: { readonly name: string }) => `{${JSON.stringify(name)}: …}`;
    const ways = [way(fits), way(another)] as const;
    throw new Misfit(phrase('several types of the union fit; write {0} or {1}', ...ways));
  }
  to.add(fits.bytes);
}

interface NamedBranch {
  readonly index: number;
  readonly name: string;
  readonly type: AvroType;
  readonly value: ExactJson;
}

function namedBranch(branches: readonly AvroType[], json: ExactJson): NamedBranch | undefined {
  if (!isMembers(json) || json.size !== 1) return undefined;
  for (const [name, value] of json) {
    const index = branches.findIndex((type) => type.kind !== 'null' && branchName(type) === name);
    const type = branches[index];
    if (type) return { index, name, type, value };
  }
  return undefined;
}

function noneFits(branches: readonly AvroType[], json: ExactJson): Misfit {
  const names = branches.filter(({ kind }) => kind !== 'null').map(branchName);
  if (isMembers(json) && json.size === 1 && names.length > 0) {
    const [name = ''] = json.keys();
    const known = names.slice(0, 10).map(quoted).join(', ');
    return new Misfit(phrase('the union has no type {0}, only {1}', quoted(name), known));
  }
  return new Misfit(phrase('expected {0}, found {1}', expectedAny(branches), found(json)));
}

/** Whether a value is of the kind of JSON that a type is written as. */
function mayFit(type: AvroType, json: ExactJson): boolean {
  const { kind } = type;
  if (json === null) return kind === 'null';
  if (typeof json === 'boolean') return kind === 'boolean';
  if (isElements(json)) return kind === 'array';
  if (isMembers(json)) {
    if (type.kind !== 'record') return kind === 'map';
    // Of a single member that is no field, the name is more likely meant to be that of a branch.
    return json.size !== 1 || type.fields.some(({ name }) => json.has(name));
  }
  if (json instanceof JsonNumber) {
    return !['null', 'boolean', 'string', 'enum', 'array', 'map', 'record'].includes(kind);
  }
  return !['null', 'boolean', 'array', 'map', 'record'].includes(kind);
}
