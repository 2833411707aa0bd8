import * as l10n from '@vscode/l10n';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Problem, ProblemKind } from '../../kafkaFile/problems';
import { orMeant, type Wording } from './wording';

const { Error, Warning, Information, Hint } = DiagnosticSeverity;

/** What earlier and present versions of faker have, and what takes more than data. */
const NEEDS_FUNCTION = /^(?:helpers\.)?(?:fake|maybe|multiple|unique)$/;

/** The problems of values and of the templates in them. */
export const valueWords = {
  'value-missing': [
    Error,
    () =>
      l10n.t(
        'The value is missing. Write it below the properties, or add a line "-- @tombstone" to produce a tombstone.',
      ),
  ],
  'value-empty': [
    Error,
    () => l10n.t('The value is empty after its templates were filled in, so it is not sent.'),
  ],
  'tombstone-with-value': [
    Error,
    () => l10n.t('A tombstone has no value. Remove this line, or the value.'),
  ],
  'json-invalid': [
    Information,
    () => l10n.t('The value looks like JSON, but it does not parse here. It is sent as it is.'),
  ],
  'values-in-row': [
    Information,
    (name) => l10n.t('These {0} JSON values are sent as one message.', name),
  ],
  'template-unknown': [Error, unknownTemplate],
  'template-arguments': [Error, wrongArguments],
  'template-option': [
    Error,
    (name, { detail = '', suggestions }) =>
      orMeant(l10n.t('"{0}" has no option "{1}".', name, detail), suggestions),
  ],
  'template-as-text': [
    Hint,
    (_, { suggestions }) =>
      orMeant(
        l10n.t(
          'This is sent as it is, because a template begins with a small letter right after the braces.',
        ),
        suggestions,
      ),
  ],
  'template-open': [
    Warning,
    (name) => l10n.t('"}}" is missing, so that "{0}" is sent as it is. Add it.', `{{${name}`),
  ],
  'template-failed': [
    Error,
    (name, { detail }) =>
      detail === undefined
        ? l10n.t('The template "{0}" failed: no reason given', name)
        : l10n.t('The template "{0}" failed: {1}', name, detail),
  ],
  'env-missing': [Error, (name) => l10n.t('The environment variable of "{0}" is not set.', name)],
} as const satisfies Partial<Record<ProblemKind, Wording>>;

function unknownTemplate(name: string, { detail, suggestions }: Problem): string {
  if (NEEDS_FUNCTION.test(name)) {
    return l10n.t(
      '"{0}" cannot be used in a template, because it needs a function or another template.',
      name,
    );
  }
  return detail === undefined
    ? orMeant(l10n.t('There is no template "{0}", so nothing is sent.', name), suggestions)
    : l10n.t('After "{0}", "{1}" means nothing in a template. Remove it.', name, detail);
}

function wrongArguments(name: string, { detail, suggestions }: Problem): string {
  if (name === '$randomInt') {
    return l10n.t('Write the two limits as whole numbers, such as "{{$randomInt 1 6}}".');
  }
  if (name.startsWith('$')) {
    return orMeant(l10n.t('"{0}" takes no arguments.', name), suggestions);
  }
  return detail === undefined
    ? l10n.t(
        "The arguments of \"{0}\" cannot be read. Write them as in JavaScript, such as {min: 1, max: 5} or ['a', 'b'].",
        name,
      )
    : orMeant(l10n.t('These arguments do not fit: {0}.', detail), suggestions);
}
