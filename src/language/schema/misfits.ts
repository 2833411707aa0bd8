import { nearest } from '../../core/text/nearest';
import type { Problem } from '../../kafkaFile/problems';
import type { Span } from '../../kafkaFile/text';
import type { JsonNode } from './jsonTree';
import { rangeMissed } from './range';
import { fitsKind, requiredOf, type Schema, SchemaWalker, typesOf, valuesOf } from './walker';

const MAX_MISFITS = 100;
const MAX_NAMED = 5;

/** Returns what does not fit a schema in a value, each where it stands. */
export function misfits(root: Schema, tree: JsonNode): readonly Problem[] {
  const checker = new Checker(root);
  return checker.check(tree, [root]).slice(0, MAX_MISFITS);
}

class Checker {
  readonly #walker: SchemaWalker;

  constructor(root: Schema) {
    this.#walker = new SchemaWalker(root);
  }

  /** Checks a value against schemas of which it must fit any one. */
  check(node: JsonNode, schemas: readonly unknown[]): readonly Problem[] {
    const walker = this.#walker;
    const all = schemas.flatMap((schema) => walker.alternatives(schema));
    if (all.length === 0 || node.kind === 'template') return [];
    const likely = walker.likely(all, node);
    if (!likely.some((schema) => fitsKind(schema, node))) {
      const types = new Set(all.flatMap(typesOf));
      return [{ kind: 'type-wrong', ...placeOf(node), detail: [...types].join(', ') }];
    }
    const found = likely.map((schema) => this.#against(node, schema));
    if (walker.isExhausted || found.some((problems) => problems.length === 0)) return [];
    const fewest = found.reduce((a, b) => (b.length < a.length ? b : a));
    return likely.length === 1 ? fewest : this.#amongSeveral(node, likely, fewest);
  }

  /** Says what several schemas want of a value, if they want different values or members. */
  #amongSeveral(
    node: JsonNode,
    schemas: readonly Schema[],
    fewest: readonly Problem[],
  ): readonly Problem[] {
    if (node.kind === 'string') {
      const values = schemas.flatMap((schema) => valuesOf(schema) ?? []);
      return values.length > 0 ? [symbolProblem(node, values)] : fewest;
    }
    if (node.kind !== 'object') return fewest;
    const names = new Set(schemas.flatMap((schema) => [...this.#walker.properties(schema).keys()]));
    const isKnown = node.members.some(({ name }) => names.has(name));
    if (isKnown || names.size === 0) return fewest;
    const [member] = node.members;
    const branches = [...names];
    return member
      ? [unknownMember(member, branches)]
      : [{ kind: 'member-missing', ...placeOf(node), name: listed(branches) }];
  }

  #against(node: JsonNode, schema: Schema): readonly Problem[] {
    const problems: Problem[] = [];
    for (const also of this.#walker.also(schema)) problems.push(...this.check(node, [also]));
    if (!fitsKind(schema, node)) {
      return [{ kind: 'type-wrong', ...placeOf(node), detail: typesOf(schema).join(', ') }];
    }
    if (node.kind === 'object') problems.push(...this.#members(node, schema));
    if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) {
        const wanted = this.#walker.item(schema, index);
        if (wanted !== undefined) problems.push(...this.check(item, [wanted]));
      }
    }
    const values = node.isTemplated ? undefined : valuesOf(schema);
    if (values && isScalar(node) && !values.some((value) => isSame(node, value))) {
      problems.push(symbolProblem(node, values));
    }
    if (node.kind === 'number') problems.push(...rangeProblems(node, schema));
    return problems;
  }

  #members(node: JsonNode, schema: Schema): readonly Problem[] {
    const walker = this.#walker;
    const problems: Problem[] = [];
    const known = walker.properties(schema);
    const isClosed = schema['additionalProperties'] === false && !('patternProperties' in schema);
    const names = new Set(node.members.map(({ name }) => name));
    for (const member of node.members) {
      const wanted = walker.member(schema, member.name);
      if (wanted === undefined && isClosed && !known.has(member.name)) {
        const free = [...known.keys()].filter((name) => !names.has(name));
        problems.push(unknownMember(member, free));
      } else if (wanted !== undefined && member.value) {
        problems.push(...this.check(member.value, [wanted]));
      }
    }
    const missing = requiredOf(schema).filter((name) => !names.has(name));
    if (missing.length > 0) {
      problems.push({ kind: 'member-missing', ...placeOf(node), name: listed(missing) });
    }
    return problems;
  }
}

function unknownMember(
  { name, at }: JsonNode['members'][number],
  free: readonly string[],
): Problem {
  return { kind: 'member-unknown', ...at, name, suggestions: nearest(name, free) };
}

function symbolProblem(node: JsonNode, values: readonly unknown[]): Problem {
  const written = values.map((value) => JSON.stringify(value));
  const close = nearest(node.text, written);
  return { kind: 'symbol-unknown', ...placeOf(node), detail: listed(written), suggestions: close };
}

function rangeProblems(node: JsonNode, schema: Schema): readonly Problem[] {
  const detail = rangeMissed(node, schema);
  return detail === undefined ? [] : [{ kind: 'number-range', ...placeOf(node), detail }];
}

/** Returns the first few of several texts. */
function listed(texts: readonly string[]): string {
  const more = texts.length > MAX_NAMED ? ['…'] : [];
  return [...texts.slice(0, MAX_NAMED), ...more].join(', ');
}

/** Of an object or a list, only the first bracket is underlined. */
function placeOf({ kind, start, end }: JsonNode): Span {
  return { start, end: kind === 'object' || kind === 'array' ? start + 1 : end };
}

function isScalar({ kind }: JsonNode): boolean {
  return kind !== 'object' && kind !== 'array';
}

function isSame({ kind, text }: JsonNode, value: unknown): boolean {
  if (kind === 'number') return typeof value === 'number' && Number(text) === value;
  return text === JSON.stringify(value) || (kind === 'string' && parsed(text) === value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
