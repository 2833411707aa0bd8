import * as l10n from '@vscode/l10n';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { ProblemKind } from '../../kafkaFile/problems';
import type { Wording } from './wording';

const { Warning, Information } = DiagnosticSeverity;

/** The problems of blocks that the REST proxy of their cluster cannot carry out. */
export const supportWords = {
  'consume-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster cannot read messages, so the block will not run. Use another cluster.',
      ),
  ],
  'times-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster gives no timestamps, so the block will not run. Give an offset, or use another cluster.',
      ),
  ],
  'produce-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster cannot produce messages, so the block will not be sent. Use another cluster.',
      ),
  ],
  'headers-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster cannot carry headers, so the block will not be sent. Remove the line, or use another cluster.',
      ),
  ],
  'timestamp-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster cannot carry a timestamp, so the block will not be sent. Remove the line, or use another cluster.',
      ),
  ],
  'tombstone-unsupported': [
    Warning,
    () =>
      l10n.t(
        'The REST proxy of this cluster cannot carry tombstones, so the block will not be sent. Use another cluster.',
      ),
  ],
  'bytes-unsupported': [
    Warning,
    () =>
      l10n.t(
        'These bytes are not UTF-8, and the REST proxy of this cluster carries text only, so the block will not be sent. Use another format, or another cluster.',
      ),
  ],
  'format-unsupported': [
    Warning,
    (_, { suggestions: [other = ''] = [] }) =>
      l10n.t(
        'The REST proxy of this cluster carries text only, so the block will not be sent. If those who read the topic expect Base64, write "{0}".',
        other,
      ),
  ],
  'bytes-perhaps-unsupported': [
    Information,
    () =>
      l10n.t(
        'The REST proxy of this cluster carries text only. What is not UTF-8 in this format will not be sent.',
      ),
  ],
} as const satisfies Partial<Record<ProblemKind, Wording>>;
