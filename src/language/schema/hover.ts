import * as l10n from '@vscode/l10n';
import type { Hover } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import { markdownCode, unlinkedText } from '../../core/text/visible';
import type { LinedText, Span } from '../../kafkaFile/text';
import { aboutSchema, typeWords } from './about';
import { type JsonNode, readTree } from './jsonTree';
import type { SchemaPart } from './part';
import { requiredOf, type Schema, SchemaWalker } from './walker';

type Described = Exclude<NonNullable<SchemaPart['answer']>, { readonly problem: string }>;

const MAX_FIELDS = 20;

/** Returns what schemas say at an offset: each of itself, or of a member of its value. */
export function hoverOn(
  file: LinedText,
  offset: number,
  parts: readonly SchemaPart[],
  fillTemplates: boolean,
): Hover | undefined {
  for (const { at, text, answer } of parts) {
    if (!answer || answer.problem !== undefined) continue;
    if (within(at, offset)) return hoverOf(file, at, aboutWhole(answer));
    const isIn = text && within(text, offset);
    const tree = isIn ? readTree(text, fillTemplates) : undefined;
    const found = tree && hoverIn(file, offset, answer.description.jsonSchema, tree);
    if (found) return found;
  }
  return undefined;
}

function hoverOf(file: LinedText, span: Span, value: string): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range: file.range(span) };
}

/** Names the schema, and lists its fields. */
function aboutWhole({ description, compatibility }: Described): string {
  const { jsonSchema, schema } = description;
  const { id, subject, version, file, name } = schema;
  const walker = new SchemaWalker(jsonSchema);
  const tops = walker.alternatives(jsonSchema);
  const place = file ?? (subject && (version === undefined ? subject : `${subject}@${version}`));
  const facts = [
    ...(place === undefined ? [] : [markdownCode(place)]),
    ...(id === undefined ? [] : [l10n.t('id {0}', id)]),
    ...(compatibility === undefined ? [] : [unlinkedText(compatibility)]),
  ].join(' · ');
  const required = new Set(tops.flatMap(requiredOf));
  const fields = tops.flatMap((top) => [...walker.properties(top)]);
  const lines = fields.slice(0, MAX_FIELDS).map(([field, property]) => {
    const type = unlinkedText(typeWords(walker.alternatives(property)));
    const note = required.has(field) ? '' : ` (${l10n.t('optional')})`;
    return `- ${markdownCode(field)}: ${type}${note}`;
  });
  return [
    ...(name === undefined ? [] : [`**${unlinkedText(name)}**`]),
    ...(facts === '' ? [] : [facts]),
    [...lines, ...(fields.length > MAX_FIELDS ? ['- …'] : [])].join('\n'),
  ].join('\n\n');
}

/** Returns what a schema says of the member or value at an offset inside of a value. */
export function hoverIn(
  file: LinedText,
  offset: number,
  root: Schema,
  tree: JsonNode,
): Hover | undefined {
  const found = pathTo(tree, offset);
  if (!found) return undefined;
  const walker = new SchemaWalker(root);
  const schemas = walker.at(found.path, tree);
  if (schemas.length === 0) return undefined;
  const name = found.path.at(-1);
  const likely = walker.likely(schemas, found.node);
  const about = (likely.length === 1 ? likely : schemas).map(aboutSchema).find(Boolean);
  const title = `${typeof name === 'string' ? `${markdownCode(name)}: ` : ''}${unlinkedText(typeWords(schemas))}`;
  return hoverOf(file, found.span, about ? `${title}\n\n${about}` : title);
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly span: Span;
  readonly node: JsonNode | undefined;
}

/** Returns the path to the name or scalar at an offset. */
function pathTo(node: JsonNode, offset: number): Place | undefined {
  for (const { name, at, value } of node.members) {
    if (within(at, offset)) return { path: [name], span: at, node: value };
    const inner = value && within(value, offset) ? pathTo(value, offset) : undefined;
    if (inner) return { ...inner, path: [name, ...inner.path] };
  }
  for (const [index, item] of node.items.entries()) {
    const inner = within(item, offset) ? pathTo(item, offset) : undefined;
    if (inner) return { ...inner, path: [index, ...inner.path] };
  }
  const isNested = node.kind === 'object' || node.kind === 'array';
  const { start, end } = node;
  return isNested ? undefined : { path: [], span: { start, end }, node };
}

function within({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
