import * as l10n from '@vscode/l10n';
import { formatText, parseFormat, PLAIN, type PayloadFormat } from '../core/message/codec';
import { canEncode, type Decoder, type FormatProblem } from '../core/message/decoders/decoder';
import { joinFormat, splitFormat } from '../core/message/decoders/formatName';
import { decoders, type DescribedFormat, findDecoder } from '../core/message/decoders/registry';
import { innerFormat } from '../core/message/decoders/workerDecoders';
import { nearest } from '../core/text/nearest';
import { anyOf } from '../l10n/anyOf';

/** A suggested value and its meaning. */
export interface Choice {
  readonly value: string;
  readonly about: () => string;
}

type BlockKind = 'producer' | 'consumer';

const WORDS: Readonly<Record<DescribedFormat, () => string>> = {
  auto: () => l10n.t('guessed for each message'),
  avro: () => l10n.t('Avro, by the schema of the topic or another one: `avro(orders-value)`'),
  protobuf: () => l10n.t('Protobuf, by the schema of the topic or a file: `protobuf(order.proto)`'),
  'json-schema': () => l10n.t('JSON that is checked by its schema'),
  messagepack: () => l10n.t('MessagePack, shown as JSON'),
  cbor: () => l10n.t('CBOR, shown as JSON'),
  base64: () => l10n.t('Base64 around another format: `base64(avro)`'),
  hex: () => l10n.t('hexadecimal text around another format: `hex(avro)`'),
  gzip: () => l10n.t('compressed by gzip: `gzip(avro)`'),
  zstd: () => l10n.t('compressed by Zstandard: `zstd(avro)`'),
  snappy: () => l10n.t('compressed by Snappy: `snappy(avro)`'),
  lz4: () => l10n.t('compressed by LZ4: `lz4(avro)`'),
  'nested-json': () => l10n.t('JSON whose texts are JSON again'),
  string: () => l10n.t('text in UTF-8, or in an encoding: `string(base64)`'),
  'string(utf8)': () => l10n.t('UTF-8, the default'),
  'string(utf16le)': () => l10n.t('UTF-16, little-endian'),
  'string(base64)': () => l10n.t('the bytes that the Base64 text stands for'),
  'string(latin1)': () => l10n.t('ISO 8859-1, one byte a character'),
  'string(hex)': () => l10n.t('the bytes that the hexadecimal text stands for'),
  double: () => l10n.t('64-bit floating point, 8 bytes, big-endian'),
  float: () => l10n.t('32-bit floating point, 4 bytes, big-endian'),
  integer: () => l10n.t('32-bit integer, 4 bytes, big-endian'),
  long: () => l10n.t('64-bit integer, 8 bytes, big-endian'),
  short: () => l10n.t('16-bit integer, 2 bytes, big-endian'),
  none: () => l10n.t('not shown'),
};

const about: ReadonlyMap<string, () => string> = new Map(Object.entries(WORDS));

/** Returns the formats that a block of a kind may name, without their arguments. */
export function formatChoices(block: BlockKind): readonly Choice[] {
  return decoders
    .filter((decoder) => isFor(block, decoder))
    .map(({ name }) => ({ value: name, about: WORDS[name] }));
}

function isFor(block: BlockKind, decoder: Decoder): boolean {
  return block === 'consumer' || canEncode(decoder);
}

/** Returns whether another format may stand in brackets after the name of a format. */
export function isWrapper(name: string): boolean {
  return findDecoder(name)?.argument === innerFormat;
}

/**
 * Returns the format inside of all the others, such as `avro(orders)` in `base64(avro(orders))`.
 */
export function innermost(format: PayloadFormat): PayloadFormat {
  if (!isWrapper(format.kind)) return format;
  const inner = format.argument === '' ? PLAIN : parseFormat(format.argument);
  return typeof inner === 'string' ? PLAIN : innermost(inner);
}

/** Formats whose bytes are text, whatever is inside of them. */
const TEXTS: ReadonlySet<PayloadFormat['kind']> = new Set(['base64', 'hex']);
/** Formats that are text or not by what is encoded. */
const UNSURE: ReadonlySet<PayloadFormat['kind']> = new Set(['string', 'json-schema']);

/** Returns whether the bytes of a format are UTF-8; `undefined` if some are. */
export function isText({ kind }: PayloadFormat): boolean | undefined {
  if (TEXTS.has(kind)) return true;
  return UNSURE.has(kind) || findDecoder(kind)?.runsIn === undefined ? undefined : false;
}

/** Returns the format around which a text-only proxy can carry another one. */
export function textForm(format: PayloadFormat): string {
  return formatText({ kind: 'base64', argument: formatText(format) });
}

/** Returns a format as a proxy can carry it: on one for text only, Base64 around what is not. */
export function carriedForm(format: PayloadFormat, binary: boolean): PayloadFormat {
  if (binary || isText(format) !== false) return format;
  const wrapped = readFormat(textForm(format), 'producer');
  return 'problem' in wrapped ? format : wrapped;
}

/** Returns what may stand in brackets after the name of a format. */
export function argumentChoices(name: string, block: BlockKind): readonly Choice[] {
  if (isWrapper(name)) return formatChoices(block);
  const choices = findDecoder(name)?.argument?.choices ?? [];
  return choices.map((value) => ({ value, about: about.get(`${name}(${value})`) ?? (() => '') }));
}

/** Why a block cannot have a format, and what it can have instead. */
export interface RefusedFormat {
  readonly problem: FormatProblem;
  /** Formats that may have been meant, the likeliest first. */
  readonly suggestions: readonly string[];
  /** What is possible, for a sentence: "double, float or long". */
  readonly possible: string;
}

/** Reads the format that a block of a kind names. */
export function readFormat(text: string, block: BlockKind): PayloadFormat | RefusedFormat {
  const format = parseFormat(text);
  const { name } = splitFormat(text);
  const refused = refusedIn(text, block);
  if (typeof format !== 'string' && !refused) return format;
  const names = formatChoices(block).map(({ value }) => value);
  if (names.includes(name) && typeof format === 'string') {
    const values = argumentChoices(name, block).map(({ value }) => value);
    const suggestions = values.slice(0, 3).map((value) => `${name}(${value})`);
    return { problem: format, suggestions, possible: anyOf(values) };
  }
  const problem = typeof format === 'string' ? format : 'format-unknown';
  const { around = [], inside = text } = refused ?? {};
  const suggestions = nearest(inside, names).map((each) => around.reduceRight(inBrackets, each));
  return { problem, suggestions, possible: anyOf(names) };
}

/**
 * Returns the first format that a block of a kind cannot have, among a format and those in its
 * brackets, and the names of those around it.
 */
function refusedIn(
  text: string,
  block: BlockKind,
): { readonly around: readonly string[]; readonly inside: string } | undefined {
  const around: string[] = [];
  for (let inside = text; ;) {
    const { name, argument } = splitFormat(inside);
    const decoder = findDecoder(name);
    if (!decoder || !isFor(block, decoder)) return { around, inside };
    if (!isWrapper(name) || argument === '') return undefined;
    around.push(name);
    inside = argument;
  }
}

function inBrackets(inside: string, name: string): string {
  return joinFormat(name, inside);
}
