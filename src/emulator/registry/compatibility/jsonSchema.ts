import type { ResolvedSchema } from './schema';
import { misfit } from './misfit';

type Members = ReadonlyMap<string, unknown>;

export function jsonProblem({ text }: ResolvedSchema): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isSchema = typeof value === 'boolean' || (typeof value === 'object' && value !== null);
    return isSchema && !Array.isArray(value) ? undefined : 'not a JSON Schema';
  } catch {
    return 'not JSON';
  }
}

/**
 * Returns what keeps a reader from accepting what a writer may write. Of the rules of the real
 * registries, it has those for types, for members that become required, for members that an object
 * no longer allows, and for values that an enumeration no longer has, at any depth of objects and
 * arrays. References and combinations such as `oneOf` are not looked into.
 */
export function jsonMisfits(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  return misfits(membersOf(JSON.parse(reader.text)), membersOf(JSON.parse(writer.text)), '#');
}

function misfits(reader: Members, writer: Members, path: string): readonly string[] {
  return [
    ...typeMisfits(reader, writer, path),
    ...requiredMisfits(reader, writer, path),
    ...closedMisfits(reader, writer, path),
    ...enumMisfits(reader, writer, path),
    ...inside(reader, writer, path),
  ];
}

function typeMisfits(reader: Members, writer: Members, path: string): readonly string[] {
  const accepted = typesOf(reader);
  if (accepted.length === 0) return [];
  const written = typesOf(writer);
  const fits = (type: string) =>
    accepted.includes(type) || (type === 'integer' && accepted.includes('number'));
  if (written.length > 0 && written.every(fits)) return [];
  return [misfit('TYPE_NARROWED', `The type changed at '${path}'`, accepted.join(', '))];
}

function requiredMisfits(reader: Members, writer: Members, path: string): readonly string[] {
  const always = textsOf(writer.get('required'));
  return textsOf(reader.get('required'))
    .filter((name) => !always.includes(name))
    .map((name) =>
      misfit(
        'REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL',
        `It is required at '${path}'`,
        name,
      ),
    );
}

function closedMisfits(reader: Members, writer: Members, path: string): readonly string[] {
  if (reader.get('additionalProperties') !== false) return [];
  const known = membersOf(reader.get('properties'));
  const removed = [...membersOf(writer.get('properties')).keys()].filter(
    (name) => !known.has(name),
  );
  const isOpen = typesOf(writer).includes('object') && writer.get('additionalProperties') !== false;
  return [
    ...(isOpen ? [misfit('ADDITIONAL_PROPERTIES_REMOVED', `It is closed at '${path}'`)] : []),
    ...removed.map((name) =>
      misfit('PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL', `It is removed at '${path}'`, name),
    ),
  ];
}

function enumMisfits(reader: Members, writer: Members, path: string): readonly string[] {
  const accepted = reader.get('enum');
  if (!Array.isArray(accepted)) return [];
  const texts = accepted.map((value) => JSON.stringify(value));
  const written: unknown = writer.get('enum');
  const fits =
    Array.isArray(written) && written.every((each) => texts.includes(JSON.stringify(each)));
  return fits ? [] : [misfit('ENUM_ARRAY_NARROWED', `The values changed at '${path}/enum'`)];
}

function inside(reader: Members, writer: Members, path: string): readonly string[] {
  const written = membersOf(writer.get('properties'));
  const members = [...membersOf(reader.get('properties'))].flatMap(([name, schema]) =>
    written.has(name)
      ? misfits(membersOf(schema), membersOf(written.get(name)), `${path}/properties/${name}`)
      : [],
  );
  const items =
    reader.has('items') && writer.has('items')
      ? misfits(membersOf(reader.get('items')), membersOf(writer.get('items')), `${path}/items`)
      : [];
  return [...members, ...items];
}

function membersOf(value: unknown): Members {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function typesOf(schema: Members): readonly string[] {
  const type = schema.get('type');
  return typeof type === 'string' ? [type] : textsOf(type);
}

function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter((item) => typeof item === 'string');
}
