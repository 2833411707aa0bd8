const TOKENS =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\w+|[^\s\w]/g;

/** Returns the paths that a Protobuf schema imports, in their order. */
export function protobufImports(text: string): readonly string[] {
  const tokens = [...text.matchAll(TOKENS)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith('//') && !token.startsWith('/*'));
  const paths: string[] = [];
  tokens.forEach((token, at) => {
    const isStatement = at === 0 || /^[;}]$/.test(tokens[at - 1] ?? '');
    if (token !== 'import' || !isStatement) return;
    const path = tokens.slice(at + 1, at + 3).find((each) => /^["']/.test(each));
    if (path !== undefined) paths.push(path.slice(1, -1));
  });
  return paths;
}

const PRIMITIVES: ReadonlySet<string> = new Set([
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'],
  ...['record', 'error', 'enum', 'fixed', 'array', 'map'],
]);

/** The full names that an Avro schema defines, and those that it uses without defining them. */
export interface AvroNames {
  readonly defined: readonly string[];
  readonly missing: readonly string[];
}

/** How deep a schema may be nested. */
const MAX_DEPTH = 200;

/** Finds the names in an Avro schema. Finds none if it is not JSON, or nested too deep. */
export function avroNames(text: string): AvroNames {
  const defined = new Set<string>();
  const used: (readonly string[])[] = [];

  const visit = (schema: unknown, namespace: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (typeof schema === 'string') {
      if (!PRIMITIVES.has(schema)) used.push([fullName(schema, namespace), schema]);
      return;
    }
    if (Array.isArray(schema)) {
      for (const branch of schema) visit(branch, namespace, depth + 1);
      return;
    }
    if (typeof schema !== 'object' || schema === null) return;
    const members = new Map<string, unknown>(Object.entries(schema));
    const [type, name, own] = ['type', 'name', 'namespace'].map((each) => members.get(each));
    if (type === 'array') visit(members.get('items'), namespace, depth + 1);
    else if (type === 'map') visit(members.get('values'), namespace, depth + 1);
    else if (typeof type !== 'string' || !PRIMITIVES.has(type)) visit(type, namespace, depth + 1);
    else if (typeof name === 'string') {
      const full = fullName(name, typeof own === 'string' ? own : namespace);
      defined.add(full);
      const fields: readonly unknown[] = [members.get('fields') ?? []].flat();
      const inside = full.split('.').slice(0, -1).join('.');
      for (const field of fields) {
        const its = new Map<string, unknown>(Object.entries(field ?? {}));
        visit(its.get('type'), inside, depth + 1);
      }
    }
  };

  try {
    visit(JSON.parse(text), '', 0);
  } catch {
    return { defined: [], missing: [] };
  }
  const missing = used
    .filter((names) => !names.some((name) => defined.has(name)))
    .map(([name = '']) => name);
  return { defined: [...defined], missing: [...new Set(missing)] };
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`;
}
