import type { DocumentSymbol } from 'vscode-languageserver-types';
import { SymbolKind } from 'vscode-languageserver-types';
import { oneLine } from '../core/text/visible';
import type { Block, KafkaFile } from '../kafkaFile/file';
import { CONSUMER, findProperty, PRODUCER } from '../kafkaFile/file';
import type { Span } from '../kafkaFile/text';

/** Returns the blocks of a file for the outline, with their properties and value. */
export function symbols(file: KafkaFile): DocumentSymbol[] {
  return file.blocks.map((block) => {
    const keyword = block.kind === 'producer' ? PRODUCER : CONSUMER;
    return {
      ...symbol(
        file,
        `${keyword} ${block.label.text}`.trim(),
        SymbolKind.Event,
        block,
        block.keyword,
      ),
      detail: oneLine(findProperty(block, 'topic')?.value.text ?? ''),
      children: children(file, block),
    };
  });
}

function children(file: KafkaFile, block: Block): DocumentSymbol[] {
  const properties = block.properties
    .filter(({ name }) => name.text !== '')
    .map((property) => ({
      ...symbol(file, property.name.text, SymbolKind.Property, property, property.name),
      detail: oneLine(property.value.text),
    }));
  if (block.kind === 'consumer' || !block.value) return properties;
  return [...properties, symbol(file, 'value', SymbolKind.String, block.value, block.value)];
}

function symbol(
  file: KafkaFile,
  name: string,
  kind: SymbolKind,
  whole: Span,
  selection: Span,
): DocumentSymbol {
  return {
    name: oneLine(name),
    kind,
    range: file.range(whole),
    selectionRange: file.range(selection),
  };
}
