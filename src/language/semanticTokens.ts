import type { Block, KafkaFile } from '../kafkaFile/file';
import { propertiesOf } from '../kafkaFile/properties';
import { findTemplates } from '../kafkaFile/templates';
import type { Span, Text } from '../kafkaFile/text';

/** The kinds of tokens, all standard ones, in the order of their numbers. */
export const TOKEN_TYPES = [
  'keyword',
  'comment',
  'property',
  'string',
  'number',
  'enumMember',
  'function',
  'decorator',
  'class',
] as const;

type TokenType = (typeof TOKEN_TYPES)[number];

interface Token extends Span {
  readonly type: TokenType;
}

/**
 * Returns the tokens of a file in the encoding of LSP, five numbers each. In a value, only
 * templates are tokens; the grammar handles the rest.
 */
export function semanticTokens(file: KafkaFile): number[] {
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const { start, end, type } of tokensOf(file)) {
    const { line, character } = file.positionAt(start);
    const sameLine = line === last.line;
    data.push(
      line - last.line,
      sameLine ? character - last.character : character,
      end - start,
      TOKEN_TYPES.indexOf(type),
      0,
    );
    last = { line, character };
  }
  return data;
}

function tokensOf(file: KafkaFile): Token[] {
  const comments = file.pieces
    .filter(({ kind }) => kind === 'comment')
    .map(({ start }) => token('comment', { start, end: file.lineEnd(file.lineAt(start)) }));
  return [...comments, ...file.blocks.flatMap(blockTokens)]
    .filter(({ start, end }) => end > start)
    .filter(({ start, end }) => file.lineAt(start) === file.lineAt(end))
    .sort((a, b) => a.start - b.start);
}

function blockTokens(block: Block): Token[] {
  const tokens = [token('keyword', block.keyword), token('class', block.label)];
  for (const { name, value } of block.directives) {
    tokens.push(
      token('decorator', { start: name.start - 1, end: name.end }),
      token('string', value),
    );
  }
  for (const { name, value } of block.properties) {
    const known = propertiesOf(block.kind).get(name.text);
    if (!known) continue;
    tokens.push(token('property', name));
    if (name.text === 'key' || name.text === 'headers') tokens.push(...templateTokens(value));
    else tokens.push(token(typeOf(name.text, value.text), value));
  }
  if (block.kind === 'producer' && block.value) tokens.push(...templateTokens(block.value));
  return tokens;
}

function typeOf(property: string, value: string): TokenType {
  if (/^\d/.test(value) && property !== 'topic') return 'number';
  return property === 'topic' ? 'string' : 'enumMember';
}

function templateTokens({ text, start }: Text): Token[] {
  return findTemplates(text, start)
    .filter(({ problem }) => !problem)
    .map(({ expression, name }) =>
      token('function', { start: expression.start, end: expression.start + name.length }),
    );
}

function token(type: TokenType, { start, end }: Span): Token {
  return { type, start, end };
}
