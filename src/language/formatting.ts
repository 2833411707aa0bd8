import type { TextEdit } from 'vscode-languageserver-types';
import type { Directive, KafkaFile, Piece, Property } from '../kafkaFile/file';
import { CONSUMER_PROPERTIES, PRODUCER_PROPERTIES } from '../kafkaFile/properties';

/**
 * Returns edits that write properties and directives in one form (`name: value`, `-- @name:
 * value`) and remove blanks at the ends of lines. Values and text outside of blocks stay as they
 * are.
 */
export function format(file: KafkaFile): TextEdit[] {
  const properties = byStart(file.blocks.flatMap((block) => block.properties));
  const directives = byStart(file.blocks.flatMap((block) => block.directives));
  return file.pieces.flatMap((piece) => {
    const span = { start: piece.start, end: file.lineEnd(file.lineAt(piece.start)) };
    const before = file.text.slice(span.start, span.end);
    const after = formatted(piece, before, properties, directives);
    return before === after ? [] : [{ range: file.range(span), newText: after }];
  });
}

function formatted(
  { kind, start }: Piece,
  line: string,
  properties: ReadonlyMap<number, Property>,
  directives: ReadonlyMap<number, Directive>,
): string {
  switch (kind) {
    case 'header':
    case 'comment':
    case 'blank':
      return line.trimEnd();
    case 'property': {
      const property = properties.get(start);
      // Without its leading blanks, an unknown name could begin or end a block.
      if (property?.colon === undefined || !isKnown(property.name.text)) return line.trimEnd();
      return `${property.name.text}: ${property.value.text}`.trimEnd();
    }
    case 'directive': {
      const directive = directives.get(start);
      if (!directive) return line;
      const { name, value } = directive;
      return `-- @${name.text}${value.text === '' ? '' : `: ${value.text}`}`;
    }
    case 'outside':
    case 'separator':
    case 'value':
      return line;
  }
}

function isKnown(name: string): boolean {
  return PRODUCER_PROPERTIES.has(name) || CONSUMER_PROPERTIES.has(name);
}

function byStart<T extends { readonly start: number }>(items: readonly T[]): Map<number, T> {
  return new Map(items.map((item) => [item.start, item]));
}
