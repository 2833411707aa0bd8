import * as l10n from '@vscode/l10n';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { ProblemKind } from '../../kafkaFile/problems';
import { joinSentences } from '../../l10n/joinSentences';
import { timeProblem } from './timeProblem';
import { orMeant, type Wording } from './wording';

const { Error, Warning, Information } = DiagnosticSeverity;

/** The problems of what properties and directives are set to. */
export const settingWords = {
  'format-unknown': [
    Error,
    (name, { detail = '', suggestions }) =>
      orMeant(l10n.t('"{0}" is not a format. Use {1}.', name, detail), suggestions),
  ],
  'schema-invalid': [
    Error,
    () =>
      l10n.t('This names no schema. Write a subject, perhaps with "@" and its version, or a file.'),
  ],
  'schema-unused': [
    Warning,
    (name) =>
      l10n.t('This does nothing: "{0}" takes no schema, or names one already. Remove it.', name),
  ],
  'schema-unknown': [
    Error,
    (name, { suggestions }) =>
      orMeant(l10n.t('The schema registry has no subject "{0}".', name), suggestions),
  ],
  'member-missing': [Error, (name) => l10n.t('Missing, but required by the schema: {0}.', name)],
  'member-unknown': [
    Error,
    (name, { suggestions }) =>
      orMeant(l10n.t('The schema has no member "{0}" here.', name), suggestions),
  ],
  'type-wrong': [
    Error,
    (_, { detail = '' }) => l10n.t('Wrong type. The schema expects: {0}.', detail),
  ],
  'symbol-unknown': [
    Error,
    (_, { detail = '' }) =>
      l10n.t('The schema does not have this value. It expects one of: {0}.', detail),
  ],
  'number-range': [
    Error,
    (_, { detail = '' }) => l10n.t('This number is out of range. The schema expects: {0}.', detail),
  ],
  'text-not-json': [Error, () => l10n.t('This text is not JSON. The schema expects JSON.')],
  'json-broken': [Error, () => l10n.t('From here on, this is not JSON. Correct it.')],
  'message-broken': [
    Error,
    (name) =>
      name === ''
        ? l10n.t('This is no message: write an object with a "value", as elsewhere in this file.')
        : l10n.t('"{0}" is wrong in a message, or its value is. Correct or remove it.', name),
  ],
  'problems-cut': [
    Information,
    (name) => l10n.t('Only the first {0} problems of this file are shown. There are more.', name),
  ],
  'encoding-unknown': [
    Error,
    (_, { detail = '' }) => l10n.t('This encoding is not known. Use {0}.', detail),
  ],
  'every-invalid': [
    Error,
    () =>
      l10n.t(
        'This is not an interval. Write a number and s, m or h, such as "3s"; at most 24 days.',
      ),
  ],
  'from-invalid': [
    Error,
    (_, { time }) =>
      joinSentences(
        timeProblem(time),
        l10n.t(
          'Write "earliest", "latest", an offset in digits alone, such as "0", or a time such as "2026-11-22 14:00" or "last 15 minutes".',
        ),
      ),
  ],
  'offset-like-time': [
    Information,
    (name, { detail = '' }) =>
      l10n.t(
        'This is the offset {0}, because it consists of digits alone. For a time, write "{1}".',
        name,
        detail,
      ),
  ],
  'to-invalid': [
    Error,
    (_, { time }) =>
      joinSentences(
        timeProblem(time),
        l10n.t(
          'Write the last offset to read, in digits alone, "latest", or a time such as "2026-11-22 14:05" or "14:05".',
        ),
      ),
  ],
  'to-before-from': [Error, () => l10n.t('This is not after "from", where reading begins.')],
  'count-invalid': [Error, () => l10n.t('Write how many messages to read at most, such as "100".')],
  'partitions-invalid': [
    Error,
    () => l10n.t('Write numbers of partitions or ranges of them, such as "0", "0,2" or "0-2".'),
  ],
  'partition-invalid': [Error, () => l10n.t('Write the number of one partition, such as "0".')],
  'timestamp-invalid': [
    Error,
    () => l10n.t('Write epoch milliseconds or a date such as "2025-01-31T12:00:00Z".'),
  ],
  'number-inexact': [
    Warning,
    (_, { detail = '' }) => l10n.t('Only "{0}" of this is used. Remove the rest.', detail),
  ],
  'header-dropped': [
    Warning,
    (name) =>
      l10n.t(
        '"{0}" is dropped, because a header is written "name=value". A comma ends a header.',
        name,
      ),
  ],
  'header-cut': [
    Warning,
    (name) => l10n.t('The value of "{0}" ends here: a second "=" cuts it off. Remove this.', name),
  ],
  'headers-invalid': [
    Error,
    () =>
      l10n.t('This is not a JSON list of headers. Write it as [{"name": "a", "value": "text"}].'),
  ],
  'not-in-format': [
    Error,
    (name) =>
      l10n.t(
        'This does not fit the format "{0}". Change the text, or the format that is given for it.',
        name,
      ),
  ],
  'out-of-range': [
    Error,
    (name) => l10n.t('This number is too large or too small for the format "{0}".', name),
  ],
  'not-in-schema': [
    Error,
    (_, { detail = '' }) => l10n.t('This does not fit its schema: {0}', detail),
  ],
  'no-schema': [
    Error,
    (name, { detail = '' }) => l10n.t('There is no schema for the format "{0}": {1}', name, detail),
  ],
} as const satisfies Partial<Record<ProblemKind, Wording>>;
