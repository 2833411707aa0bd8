import * as vscode from 'vscode';
import type { PayloadProblem } from '../../core/message/payloadProblem';
import type { ProduceFeature } from '../../core/message/members';
import type { Obstacle } from '../../core/produce/sendable';

/** Says why a text cannot be read as several messages, as a clause: "line 3: …". */
export function describePayloadProblem({ kind, line, column, member }: PayloadProblem): string {
  const t = vscode.l10n.t;
  const at = t('line {0}, column {1}', line, column);
  switch (kind) {
    case 'not-json':
      return t('{0} is not valid JSON', at);
    case 'not-a-record':
      return t('{0} is not an object with a “value”', at);
    case 'value-missing':
      return t('{0}: the message has no “value”', at);
    case 'partition-not-a-number':
      return t('{0}: “partition” must be a whole number', at);
    case 'headers-wrong':
      return t('{0}: “headers” must be a list of objects with “name” and “value”', at);
    case 'timestamp-wrong':
      return t('{0}: “timestamp” must be a date and time, or milliseconds since 1970', at);
    case 'incomplete':
      return t('{0}: “{1}” is not complete in this file', at, member ?? '');
    case 'encoding-wrong':
      return t('{0}: “{1}” is not in the encoding that it should be in', at, member ?? '');
    case 'schema-needed':
      return t('{0}: “{1}” needs a schema, and such messages cannot be sent', at, member ?? '');
    case 'member-unknown':
      return t('{0}: “{1}” is not part of a message', at, member ?? '');
    case 'member-twice':
      return t('{0}: “{1}” appears twice', at, member ?? '');
    case 'no-record':
      return t('it does not hold a message');
  }
}

/** Says why a message cannot be sent, as a clause. */
export function describeObstacle(obstacle: Obstacle): string {
  return obstacle.kind === 'no-partition'
    ? vscode.l10n.t('the topic has no partition {0}', obstacle.partition)
    : describeFeature(obstacle.feature);
}

/** Says what the REST proxy of a cluster cannot carry, as a clause. */
function describeFeature(feature: ProduceFeature): string {
  const t = vscode.l10n.t;
  switch (feature) {
    case 'headers':
      return t('the REST proxy of this cluster cannot carry headers');
    case 'timestamp':
      return t('the REST proxy of this cluster cannot carry timestamps');
    case 'tombstone':
      return t('the REST proxy of this cluster cannot carry a null value (a tombstone)');
    case 'binary':
      return t('the REST proxy of this cluster cannot carry bytes that are not UTF-8');
  }
}
