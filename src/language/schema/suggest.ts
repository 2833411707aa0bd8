import * as l10n from '@vscode/l10n';
import type { CompletionItem } from 'vscode-languageserver-types';
import { CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver-types';
import type { LinedText, Text } from '../../kafkaFile/text';
import { findTemplates, maskTemplates } from '../../kafkaFile/templates';
import { aboutSchema, typeWords } from './about';
import { type JsonPlace, placeAtEnd } from './jsonPlace';
import { readTree } from './jsonTree';
import { escape, Snippets } from './snippet';
import { requiredOf, type Schema, SchemaWalker, typesOf, valuesOf } from './walker';

const MAX_ITEMS = 500;

/** Returns what a schema allows at an offset inside of a JSON value that may have templates. */
export function schemaItems(
  file: LinedText,
  value: Text,
  offset: number,
  root: Schema,
): CompletionItem[] {
  const before = file.text.slice(value.start, offset);
  const masked = maskTemplates({ ...value, text: before }, findTemplates(before, value.start));
  const place = placeAtEnd(masked);
  return place ? itemsAt(file, value, offset, { place, root, fillTemplates: true }) : [];
}

/** Returns what a schema allows at a place inside of a JSON value. */
export function itemsAt(
  file: LinedText,
  value: Text,
  offset: number,
  {
    place,
    root,
    fillTemplates,
  }: { readonly place: JsonPlace; readonly root: Schema; readonly fillTemplates: boolean },
): CompletionItem[] {
  const walker = new SchemaWalker(root);
  const suggester = new Suggester(file, value, offset, place, walker);
  const tree =
    readTree(value, fillTemplates) ?? readTree(mended(value, offset, place), fillTemplates);
  const schemas = walker.at(place.path, tree);
  const found = place.isName ? suggester.names(schemas) : suggester.values(schemas);
  return found.slice(0, MAX_ITEMS);
}

/** Returns the value without what is being written, closed, so that it can be read. */
function mended({ start, text }: Text, offset: number, place: JsonPlace): Text {
  const kept = text.slice(0, place.start).trimEnd().replace(/,$/, '');
  const isOpenMember = /:\s*$/.test(kept);
  const closers: string[] = [];
  let quoted = false;
  for (let at = 0; at < kept.length; at += 1) {
    const character = kept[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') at += 1;
    else if (!quoted && character === '{') closers.unshift('}');
    else if (!quoted && character === '[') closers.unshift(']');
    else if (!quoted && (character === '}' || character === ']')) closers.shift();
  }
  const mendedText = `${kept}${isOpenMember ? 'null' : ''}${closers.join('')}`;
  return { start, end: Math.max(offset, start + mendedText.length), text: mendedText };
}

class Suggester {
  constructor(
    private readonly file: LinedText,
    private readonly value: Text,
    private readonly offset: number,
    private readonly place: JsonPlace,
    private readonly walker: SchemaWalker,
  ) {}

  /** Returns the names that an object lacks, the required ones first. */
  names(schemas: readonly Schema[]): CompletionItem[] {
    const taken = new Set(this.place.names);
    const items: CompletionItem[] = [];
    const seen = new Set<string>();
    for (const schema of schemas) {
      const required = new Set(requiredOf(schema));
      for (const [name, property] of this.walker.properties(schema)) {
        if (taken.has(name) || seen.has(name)) continue;
        seen.add(name);
        const order = String(items.length).padStart(4, '0');
        items.push({
          ...this.#item(JSON.stringify(name), this.#member(name, property)),
          label: name,
          kind: CompletionItemKind.Property,
          sortText: `${required.has(name) ? 0 : 1}${order}`,
          ...this.#about(property, required.has(name)),
        });
      }
    }
    return items;
  }

  values(schemas: readonly Schema[]): CompletionItem[] {
    const items = new Map<string, CompletionItem>();
    const add = (written: string, snippet: string, kind: CompletionItemKind, schema: Schema) => {
      const sortText = String(items.size).padStart(4, '0');
      const item = { ...this.#item(written, snippet), kind, sortText, ...this.#about(schema) };
      if (!items.has(written)) items.set(written, item);
    };
    for (const schema of schemas) {
      const values = valuesOf(schema) ?? ('default' in schema ? [schema['default']] : []);
      for (const value of values) {
        const written = JSON.stringify(value);
        add(written, escape(written), CompletionItemKind.EnumMember, schema);
      }
      if (valuesOf(schema)) continue;
      for (const type of typesOf(schema)) {
        if (type === 'boolean') {
          add('true', 'true', CompletionItemKind.Value, schema);
          add('false', 'false', CompletionItemKind.Value, schema);
        } else if (type === 'null') add('null', 'null', CompletionItemKind.Value, schema);
        else if (type === 'object' || type === 'array') {
          const snippet = new Snippets(this.walker).value({ ...schema, type });
          const label = type === 'array' ? '[]' : this.#labelOf(schema);
          add(label, snippet, CompletionItemKind.Struct, schema);
        }
      }
    }
    return [...items.values()];
  }

  /** An object of a union is known by its only member, others by their title. */
  #labelOf(schema: Schema): string {
    const names = [...this.walker.properties(schema).keys()];
    const required = requiredOf(schema);
    const [first] = required.length > 0 ? required : names;
    return first === undefined
      ? '{}'
      : `{${JSON.stringify(first)}${names.length > 1 ? ', …' : ''}}`;
  }

  /** Returns a member with its value, or the name alone if a colon follows already. */
  #member(name: string, property: unknown): string {
    const written = escape(JSON.stringify(name));
    const after = this.#after().trimStart();
    if (after.startsWith(':')) return written;
    const comma = after.startsWith('"') ? ',' : '';
    return `${written}: ${new Snippets(this.walker).value(property)}${comma}`;
  }

  #about(schema: unknown, isRequired = false): Partial<CompletionItem> {
    const [first] = this.walker.alternatives(schema);
    const markdown = first && aboutSchema(first);
    const type = typeWords(this.walker.alternatives(schema));
    return {
      detail: isRequired ? l10n.t('{0}, required', type) : type,
      ...(markdown && { documentation: { kind: MarkupKind.Markdown, value: markdown } }),
    };
  }

  /** Replaces the word or string at the caret, with the quote behind the caret. */
  #item(label: string, snippet: string): CompletionItem {
    const start = this.value.start + this.place.start;
    const rest = /^[\w.]*"?/.exec(this.#text(this.offset)) ?? [''];
    const isString = this.file.text[start] === '"';
    const end = this.offset + (isString && rest[0].endsWith('"') ? rest[0].length : 0);
    return {
      label,
      filterText: isString ? label : label.replace(/^"(.*)"$/, '$1'),
      insertTextFormat: InsertTextFormat.Snippet,
      textEdit: { range: this.file.range({ start, end }), newText: snippet },
    };
  }

  #after(): string {
    const text = this.#text(this.offset);
    return this.file.text[this.value.start + this.place.start] === '"'
      ? text.replace(/^[\w.]*"/, '')
      : text;
  }

  #text(from: number): string {
    return this.file.text.slice(from, Math.min(from + 500, this.value.end));
  }
}
