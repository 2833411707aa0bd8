import { create } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { type FeatureSet, FeatureSetSchema } from '@bufbuild/protobuf/wkt';
import type { Tokens } from './tokens';

/** An option as it is written. */
export interface Option {
  /** Such as `packed`, `features.field_presence` or `(custom).name`. */
  readonly name: string;
  /** Missing: what stands in braces. */
  readonly value?: string;
}

/** Reads `name = value`. */
export function readOption(tokens: Tokens): Option {
  let name = '';
  while (tokens.peek() !== '=') name += tokens.any();
  tokens.expect('=');
  if (tokens.peek() === '{') {
    skipBlock(tokens);
    return { name };
  }
  if (tokens.isNext('text')) {
    let value = '';
    while (tokens.isNext('text')) value += tokens.any();
    return { name, value };
  }
  const sign = tokens.take('-') ? '-' : '';
  return { name, value: sign + tokens.any() };
}

/** Reads `[name = value, ...]`, if that comes next. */
export function readBracketed(tokens: Tokens): readonly Option[] {
  const options: Option[] = [];
  if (!tokens.take('[')) return options;
  do options.push(readOption(tokens));
  while (tokens.take(','));
  tokens.expect(']');
  return options;
}

/** Skips what stands in braces. */
export function skipBlock(tokens: Tokens): void {
  tokens.expect('{');
  for (let depth = 1; depth > 0;) {
    if (tokens.take('{')) depth += 1;
    else if (tokens.take('}')) depth -= 1;
    else tokens.any();
  }
}

/** Sets the features of editions that options name, such as `features.field_presence`. */
export function setFeatures(
  target: { features?: FeatureSet | undefined },
  options: readonly Option[],
): void {
  for (const { name, value } of options) {
    const feature = /^features\.(\w+)$/.exec(name)?.[1];
    const field = FeatureSetSchema.fields.find((known) => known.name === feature);
    const choice = field?.enum?.values.find((known) => known.name === value);
    if (!field || !choice) continue;
    target.features ??= create(FeatureSetSchema);
    reflect(FeatureSetSchema, target.features).set(field, choice.number);
  }
}
