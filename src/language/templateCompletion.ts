import type { CompletionItem, Range } from 'vscode-languageserver-types';
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { TEMPLATE_NAMES } from '../kafkaFile/faker/names';
import { HELPERS } from '../kafkaFile/templates';

/** Returns the templates as items that replace what stands between the braces, and close them. */
export function templateItems(range: Range, close: string): CompletionItem[] {
  return items((name, text) => ({
    label: name,
    filterText: name,
    textEdit: { range, newText: text + close },
  }));
}

/** Returns the templates as items with their braces, of which `typed`, at `range`, is the start. */
export function bracedTemplateItems(range: Range, typed: string): CompletionItem[] {
  return items((name, text) => ({
    label: `{{${name}}}`,
    filterText: typed + name,
    textEdit: { range, newText: `{{${text}}}` },
  }));
}

/** `make` gets the name of each template and a snippet of it, and returns the item for it. */
function items(
  make: (name: string, text: string) => Pick<CompletionItem, 'label' | 'filterText' | 'textEdit'>,
): CompletionItem[] {
  const snippets: Readonly<Record<string, string>> = {
    $randomInt: '\\$randomInt ${1:1} ${2:100}',
    '$env.': '\\$env.${1:NAME}',
  };
  const kind = CompletionItemKind.Function;
  return [
    ...[...HELPERS].map(([name, about]) => ({
      ...make(name, snippets[name] ?? name.replace('$', '\\$')),
      ...{ kind, detail: about(), insertTextFormat: InsertTextFormat.Snippet },
    })),
    ...TEMPLATE_NAMES.map((name) => ({ ...make(name, name), kind })),
  ];
}

/** Returns templates with their braces, in an order behind all else. */
export function templatesLast(range: Range): CompletionItem[] {
  return bracedTemplateItems(range, '').map((item, index) => ({
    ...item,
    sortText: `9${String(index).padStart(4, '0')}`,
  }));
}
