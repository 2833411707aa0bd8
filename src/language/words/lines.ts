import * as l10n from '@vscode/l10n';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { ProblemKind } from '../../kafkaFile/problems';
import { orMeant, type Wording } from './wording';

const { Error, Warning, Information, Hint } = DiagnosticSeverity;

/** The problems of blocks, of lines that are not what they look like, and of names. */
export const lineWords = {
  'topic-missing': [Error, () => l10n.t('The topic is missing. Add a line "topic: name".')],
  'topic-invalid': [
    Error,
    (name) =>
      name.includes('{{')
        ? l10n.t('Templates are not filled in here. Write the name of the topic.')
        : l10n.t(
            'This is not the name of a topic. Use letters, digits, ".", "_" and "-", at most 249 of them.',
          ),
  ],
  'topic-unknown': [
    Hint,
    (name) =>
      l10n.t(
        'The cluster does not list the topic "{0}". A topic made a moment ago can take half a minute to show up; otherwise check the name or create it.',
        name,
      ),
  ],
  'cluster-unknown': [
    Warning,
    (name) =>
      l10n.t(
        'There is no cluster "{0}". Add it, or name one of the clusters in the sidebar.',
        name,
      ),
  ],
  'partition-unknown': [
    Warning,
    (name, { detail = '' }) =>
      l10n.t('The topic has no partition {0}: it has {1}, numbered from 0.', name, detail),
  ],
  'property-unknown': [
    Warning,
    (name, { suggestions }) =>
      orMeant(l10n.t('"{0}" is not a property of this block.', name), suggestions),
  ],
  'property-twice': [
    Warning,
    (name) =>
      l10n.t('"{0}" is given again below, and the last one counts. Remove one of them.', name),
  ],
  'colon-missing': [Error, () => l10n.t('A colon is missing. Write "name: value".')],
  'property-in-value': [
    Warning,
    (name) =>
      l10n.t(
        'This line is part of the value, and not the property "{0}". Properties of a PRODUCER block begin at the start of the line, have no blank before the colon, and stand before the value.',
        name,
      ),
  ],
  'setting-in-value': [
    Warning,
    (name, { detail = '' }) => {
      if (detail === 'value') {
        return l10n.t(
          'This line is sent as part of the value, with "{0}:" in it. The value needs no name.',
          name,
        );
      }
      return detail.startsWith('@')
        ? l10n.t(
            'This line is sent as part of the value. For the {0}, write a line "-- {1}: ..." above the value.',
            detail.slice(1),
            detail,
          )
        : l10n.t(
            'This line is sent as part of the value, because a PRODUCER block has no property "{0}". Remove it.',
            name,
          );
    },
  ],
  'comment-in-value': [
    Information,
    () =>
      l10n.t(
        'This line is part of the value, in which there are no comments. Put it above the value.',
      ),
  ],
  'line-before-json': [
    Warning,
    () =>
      l10n.t(
        'This line is sent as part of the value, before the JSON. Remove it, or begin it with "--".',
      ),
  ],
  'separator-form': [
    Warning,
    () =>
      l10n.t(
        'This line is part of the value, because "###" ends a block only at the start of a line.',
      ),
  ],
  'text-outside': [
    Hint,
    () =>
      l10n.t(
        'This text belongs to no block, so it is not sent. Start a block before it, or begin its lines with "--".',
      ),
  ],
  'block-in-value': [
    Warning,
    () =>
      l10n.t(
        'This line is part of the value above, because a PRODUCER block ends only at "###". Put a line "###" before it.',
      ),
  ],
  'keyword-form': [
    Warning,
    (name) =>
      l10n.t('This line is ignored. A block begins with "{0}" at the start of a line.', name),
  ],
  'directive-unknown': [
    Information,
    (name, { suggestions }) =>
      orMeant(l10n.t('"@{0}" means nothing here and is taken for a comment.', name), suggestions),
  ],
  'directive-form': [
    Warning,
    (name) => l10n.t('This is taken for a comment. Write a colon: "-- @{0}: ...".', name),
  ],
  'directive-outside': [
    Warning,
    (name) =>
      name === 'cluster'
        ? l10n.t(
            '"@cluster" does nothing here. Put it below the PRODUCER or CONSUMER line of a block, or before the first block to hold for the whole file.',
          )
        : l10n.t(
            '"@{0}" does nothing here. Put it below the PRODUCER or CONSUMER line of a block.',
            name,
          ),
  ],
} as const satisfies Partial<Record<ProblemKind, Wording>>;
