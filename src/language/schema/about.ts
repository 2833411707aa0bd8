import * as l10n from '@vscode/l10n';
import { markdownCode, unlinkedText } from '../../core/text/visible';
import { type Schema, typesOf, valuesOf } from './walker';

const MAX_TEXT = 1000;

/** Returns the types of schemas in a few words, such as `string | null`. */
export function typeWords(schemas: readonly Schema[]): string {
  const types = schemas.flatMap((schema) => {
    const title = schema['title'];
    if (typeof title === 'string' && title !== '') return [title];
    return valuesOf(schema) ? ['enum'] : typesOf(schema);
  });
  return [...new Set(types)].slice(0, 5).join(' | ').slice(0, 100) || 'any';
}

/** Returns what a schema says of a value, as Markdown. Its words are shown as they are. */
export function aboutSchema(schema: Schema): string {
  const { description, format } = schema;
  const values = valuesOf(schema) ?? [];
  return [
    ...(typeof description === 'string' ? [unlinkedText(description.slice(0, MAX_TEXT))] : []),
    ...(typeof format === 'string' ? [l10n.t('Format: {0}', markdownCode(format))] : []),
    ...(values.length > 0 ? [l10n.t('Values: {0}', codes(values))] : []),
    ...('default' in schema ? [l10n.t('Default: {0}', codes([schema['default']]))] : []),
  ].join('\n\n');
}

function codes(values: readonly unknown[]): string {
  const shown = values
    .slice(0, 20)
    .map((value) => markdownCode(JSON.stringify(value).slice(0, 100)));
  return [...shown, ...(values.length > shown.length ? ['…'] : [])].join(', ');
}
