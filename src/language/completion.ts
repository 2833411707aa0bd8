import * as l10n from '@vscode/l10n';
import type { CompletionItem, Range } from 'vscode-languageserver-types';
import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  MarkupKind,
} from 'vscode-languageserver-types';
import { aboutDefinition } from './aboutDefinition';
import type { Catalog } from './catalog';
import { clusterOf, topicsFor } from './catalog';
import type { Block, KafkaFile } from '../kafkaFile/file';
import { findProperty } from '../kafkaFile/file';
import { argumentChoices, type Choice } from '../kafkaFile/formats';
import type { Definition } from '../kafkaFile/properties';
import { directivesOf, propertiesOf } from '../kafkaFile/properties';
import { takesSchema } from '../kafkaFile/schemas';
import type { TopicInfo } from './protocol';
import { itemsBySchema, schemaNames } from './blockSchemas';
import { bracedTemplateItems, templateItems, templatesLast } from './templateCompletion';

/** Characters after which an editor should request completions. */
export const COMPLETION_TRIGGERS: readonly string[] = [':', '{', '.', '(', '@', '$', ' ', '"'];

const TEMPLATE_TEXTS: ReadonlySet<string> = new Set(['key', 'headers']);
/** The maximum number of topics sent to the editor. It asks again as the person types. */
const MAX_TOPICS = 500;

/**
 * Completions at an offset. `incomplete` means that there are more, so ask again after the next
 * key.
 */
export interface Completions {
  readonly isIncomplete: boolean;
  readonly items: CompletionItem[];
}

/**
 * Returns what can be written at an offset. Templates for a place without a word are returned only
 * if the person has asked for completions, because they would be in the way of one who types.
 */
export function complete(
  file: KafkaFile,
  offset: number,
  catalog: Catalog,
  isAskedFor = false,
): Completions {
  const line = file.lineAt(offset);
  const lineStart = file.lineStart(line);
  const before = file.text.slice(lineStart, offset);
  const block = file.blockAt(offset);
  const completer = new Completer(file, offset, catalog);

  if (!block || block.line === line) return completer.keywords(before);
  if (isInTemplateText(block, offset, lineStart)) {
    const open = file.text.lastIndexOf('{{', offset - 1);
    const inside = open < block.start ? undefined : file.text.slice(open + 2, offset);
    if (inside !== undefined && !/[}\r\n]/.test(inside)) return completer.templates(inside);
    const bySchema = itemsBySchema(file, block, offset, catalog);
    if (bySchema.length > 0) return completer.withTemplates(bySchema, before, isAskedFor);
    if (isAskedFor && !/[\w.-]$/.test(before)) return completer.inText(block, before);
  }
  if (before.startsWith('--')) return completer.directives(block, before);
  if (isInValue(block, lineStart)) {
    return /^[\w-]*$/.test(before) && isFirstValueLine(block, offset)
      ? completer.names(block, before)
      : completer.none();
  }
  const colon = before.indexOf(':');
  if (colon >= 0) {
    return completer.values(block, before.slice(0, colon).trim(), before.slice(colon + 1));
  }
  // With leading blanks, a property would become part of the value of a PRODUCER.
  const word = block.kind === 'producer' ? /^[\w-]*$/ : /^\s*[\w-]*$/;
  return word.test(before) ? completer.names(block, before) : completer.none();
}

function isInValue(block: Block, lineStart: number): boolean {
  return (
    block.kind === 'producer' && block.value !== undefined && lineStart + 1 > block.value.start
  );
}

/**
 * Returns whether the offset is on the first line of the value, where a word may become a
 * property.
 */
function isFirstValueLine(block: Block, offset: number): boolean {
  if (block.kind !== 'producer' || !block.value) return false;
  return !/[\r\n]/.test(block.value.text.slice(0, Math.max(0, offset - block.value.start)));
}

function isInTemplateText(block: Block, offset: number, lineStart: number): boolean {
  if (block.kind === 'consumer') return false;
  if (block.value && offset >= block.value.start) return true;
  return block.properties.some(
    ({ start, name }) => start === lineStart && TEMPLATE_TEXTS.has(name.text),
  );
}

/** Builds items that replace the typed part of a word. */
class Completer {
  constructor(
    private readonly file: KafkaFile,
    private readonly offset: number,
    private readonly catalog: Catalog,
  ) {}

  none(): Completions {
    return { isIncomplete: false, items: [] };
  }

  keywords(before: string): Completions {
    if (!/^[A-Za-z#]*$/.test(before)) return this.none();
    const snippets: readonly (readonly [string, string, string])[] = [
      [
        'PRODUCER',
        l10n.t('Produce messages'),
        'PRODUCER ${1:label}\ntopic: ${2:topic}\n${0:value}\n###\n',
      ],
      [
        'CONSUMER',
        l10n.t('Read messages'),
        'CONSUMER ${1:name}\ntopic: ${2:topic}\nfrom: ${3|earliest,latest,0|}\n',
      ],
      ['###', l10n.t('End of a block'), '###\n'],
    ];
    return this.#list(
      snippets.map(([label, detail, snippet]) => ({
        ...this.#item(label, before, snippet, CompletionItemKind.Keyword),
        detail,
        insertTextFormat: InsertTextFormat.Snippet,
      })),
    );
  }

  /** Returns names of properties that the block lacks, and other beginnings of a line. */
  names(block: Block, before: string): Completions {
    const typed = before.trimStart();
    const missing = [...propertiesOf(block.kind).values()].filter(
      ({ name }) => name === typed || !findProperty(block, name),
    );
    const keywords = before.length === typed.length ? this.keywords(before).items : [];
    return this.#list([
      ...missing.map((definition) => ({
        ...this.#item(definition.name, typed, `${definition.name}: `, CompletionItemKind.Property),
        ...this.#documented(block, definition),
        command: { title: l10n.t('Suggest'), command: 'editor.action.triggerSuggest' },
      })),
      ...keywords.filter(({ label }) => block.kind === 'consumer' || label === '###'),
    ]);
  }

  directives(block: Block, before: string): Completions {
    const [, name, value] = /^--\s*(@[\w-]*)(?:\s*:(.*))?$/.exec(before) ?? [];
    if (name === undefined) return this.none();
    if (value === undefined) {
      return this.#list(
        [...directivesOf(block.kind).values()].map((definition) => ({
          ...this.#item(
            `@${definition.name}`,
            name,
            definition.name === 'tombstone' ? '@tombstone' : `@${definition.name}: `,
            CompletionItemKind.Property,
          ),
          ...this.#documented(block, definition),
        })),
      );
    }
    const typed = value.trimStart();
    if (name === '@partition') return this.#partitions(block, typed);
    if (name === '@schema' || name === '@key-schema') return this.#schemas(block, typed);
    if (name !== '@cluster') return this.none();
    return this.#list(
      this.catalog.state.clusters.map((cluster) =>
        this.#item(cluster.name, typed, cluster.name, CompletionItemKind.Value),
      ),
    );
  }

  /** `typed` is the text between the colon and the caret. */
  values(block: Block, property: string, typed: string): Completions {
    const word = typed.trimStart();
    if (property === 'topic') return this.#topics(block, word);
    const separator = Math.max(word.lastIndexOf(','), word.lastIndexOf('-'));
    const list = word.slice(separator + 1).trimStart();
    if (property === 'partitions') {
      const known = this.#partitions(block, list);
      if (known.items.length > 0) return known;
    }
    const [, format, argument] = /(?:^|\()([\w-]+)\s*\(([^()]*)$/.exec(word) ?? [];
    if (property.endsWith('-format') && format !== undefined && argument !== undefined) {
      if (takesSchema(format)) return this.#schemas(block, argument);
      const choices = argumentChoices(format, block.kind);
      return this.#choices(choices, argument, CompletionItemKind.EnumMember);
    }
    const definition = propertiesOf(block.kind).get(property);
    return this.#choices(definition?.choices ?? [], word, CompletionItemKind.Value);
  }

  templates(inside: string): Completions {
    if (!this.catalog.state.templates.enabled || !/^[$\w.]*$/.test(inside)) return this.none();
    const rest = this.file.text.slice(this.offset, this.offset + 2);
    const close = rest === '}}' ? '' : rest.startsWith('}') ? '}' : '}}';
    return this.#list(templateItems(this.#typed(inside), close));
  }

  /** Returns templates, and then what else may stand in a text in which they are filled in. */
  inText(block: Block, before: string): Completions {
    const [braces = ''] = /(?<!\{)\{?$/.exec(before) ?? [];
    const templates = this.catalog.state.templates.enabled
      ? bracedTemplateItems(this.#typed(braces), braces)
      : [];
    const isNameToo = before === '' && isFirstValueLine(block, this.offset);
    const inOrder = [...templates, ...(isNameToo ? this.names(block, before).items : [])];
    return this.#list(
      inOrder.map((item, index) => ({ ...item, sortText: String(index).padStart(4, '0') })),
    );
  }

  /** Adds templates to what stands in a text, if completions were asked for. */
  withTemplates(items: CompletionItem[], before: string, isAskedFor: boolean): Completions {
    const isPlace = isAskedFor && this.catalog.state.templates.enabled && !/[\w."-]$/.test(before);
    return this.#list(isPlace ? [...items, ...templatesLast(this.#typed(''))] : items);
  }

  /** Returns subjects, or the versions of one, and files. */
  #schemas(block: Block, word: string): Completions {
    const { names, typed } = schemaNames(this.file, block, word, this.catalog);
    const items = names.slice(0, MAX_TOPICS).map((name, index) => ({
      ...this.#item(name, typed, name, CompletionItemKind.Value),
      sortText: String(index).padStart(5, '0'),
    }));
    return { isIncomplete: names.length > MAX_TOPICS, items };
  }

  #topics(block: Block, word: string): Completions {
    const topics = topicsFor(this.file, block, this.catalog) ?? [];
    const matching = topics.filter(({ name }) => name.toLowerCase().includes(word.toLowerCase()));
    const isMinor = ({ minor = false }: TopicInfo) => minor;
    const ordered = [...matching.filter((topic) => !isMinor(topic)), ...matching.filter(isMinor)];
    const items = ordered.slice(0, MAX_TOPICS).map((topic) => ({
      ...this.#item(topic.name, word, topic.name, CompletionItemKind.Value),
      sortText: `${isMinor(topic) ? 1 : 0}${topic.name}`,
    }));
    return { isIncomplete: matching.length > MAX_TOPICS, items };
  }

  #partitions(block: Block, word: string): Completions {
    const cluster = clusterOf(this.file, block, this.catalog);
    const topic = findProperty(block, 'topic')?.value.text ?? '';
    const partitions = (cluster && this.catalog.partitions(cluster.name, topic)) ?? [];
    return this.#list(
      partitions.map(({ id, earliest, latest }) => ({
        ...this.#item(String(id), word, String(id), CompletionItemKind.Value),
        detail:
          earliest === undefined || latest === undefined
            ? l10n.t('offsets unknown')
            : l10n.t('offsets {0} to {1}', earliest, latest),
        sortText: String(id).padStart(10, '0'),
      })),
    );
  }

  #choices(choices: readonly Choice[], word: string, kind: CompletionItemKind): Completions {
    return this.#list(
      choices.map(({ value, about }, index) => ({
        ...this.#item(value, word, value, kind),
        detail: about(),
        sortText: String(index).padStart(3, '0'),
      })),
    );
  }

  #list(items: CompletionItem[]): Completions {
    return { isIncomplete: false, items };
  }

  /** Says what it is for. What the cluster cannot carry is crossed out, and says why. */
  #documented(
    block: Block,
    definition: Definition,
  ): Pick<CompletionItem, 'documentation' | 'tags'> {
    const about = aboutDefinition(definition, this.file, block, this.catalog);
    return {
      documentation: { kind: MarkupKind.Markdown, value: about.text },
      ...(about.isUnsupported && { tags: [CompletionItemTag.Deprecated] }),
    };
  }

  /** Replaces `typed`, which ends at the caret. */
  #item(label: string, typed: string, newText: string, kind: CompletionItemKind): CompletionItem {
    return { label, kind, filterText: label, textEdit: { range: this.#typed(typed), newText } };
  }

  /** Returns the range of a text that ends at the caret. */
  #typed(typed: string): Range {
    return this.file.range({ start: this.offset - typed.length, end: this.offset });
  }
}
