import * as l10n from '@vscode/l10n';
import { type Choice, formatChoices } from './formats';

/** The editor's description of a property or a directive. `about` returns Markdown. */
export interface Definition {
  readonly name: string;
  readonly about: () => string;
  readonly choices?: readonly Choice[];
}

const TOPIC: Definition = {
  name: 'topic',
  about: () =>
    l10n.t('The topic. Required. Letters, digits, `.`, `_` and `-`, at most 249 of them.'),
};

export const PRODUCER_PROPERTIES = table([
  TOPIC,
  {
    name: 'key',
    about: () =>
      l10n.t('The key, in which templates are filled in. Without one, Kafka spreads the messages.'),
  },
  {
    name: 'headers',
    about: () =>
      l10n.t(
        'Headers as `name=value, name=value`, in which templates are filled in. For other headers, such as several of one name, see `-- @headers`.',
      ),
  },
  {
    name: 'key-format',
    about: () => l10n.t('How the text of the key becomes bytes. Default: `string`.'),
    choices: formatChoices('producer'),
  },
  {
    name: 'value-format',
    about: () => l10n.t('How the text of the value becomes bytes. Default: `string`.'),
    choices: formatChoices('producer'),
  },
  {
    name: 'every',
    about: () =>
      l10n.t('Lets *Start* produce again and again: seconds, minutes or hours, such as `3s`.'),
    choices: [
      { value: '3s', about: () => l10n.t('every 3 seconds') },
      { value: '5m', about: () => l10n.t('every 5 minutes') },
      { value: '1h', about: () => l10n.t('every hour') },
    ],
  },
]);

export const CONSUMER_PROPERTIES = table([
  TOPIC,
  {
    name: 'from',
    about: () =>
      l10n.t(
        'Where to begin: `earliest`, `latest`, an offset, or a time such as `2026-11-22 14:00`, `22.11.2026`, `14:00-14:05`, `yesterday 14:00`, `15 minutes ago`, `last 2 h` or `@1700000000` (seconds or milliseconds since 1970). Default: `latest`, with which *Follow* waits for new messages and *Consume* shows the newest ones that there are.',
      ),
    choices: [
      { value: 'earliest', about: () => l10n.t('the oldest message that is still there') },
      { value: 'latest', about: () => l10n.t('the newest messages') },
      { value: '0', about: () => l10n.t('an offset') },
      { value: 'last 15 minutes', about: () => l10n.t('a span of time, up to now') },
      { value: 'today', about: () => l10n.t('a day, from its beginning on') },
      { value: '2026-11-22 14:00', about: () => l10n.t('a date and time') },
    ],
  },
  {
    name: 'to',
    about: () =>
      l10n.t(
        'Where to end: the last offset to read, `latest` (the default), or a time, which is not included: `2026-11-22 14:05`, or `14:05` for the day of `from`. A day is read to its end. *Follow* ignores it.',
      ),
    choices: [
      { value: 'latest', about: () => l10n.t('the newest message there is at the start') },
      { value: '14:05', about: () => l10n.t('a time on the day of `from`') },
    ],
  },
  {
    name: 'count',
    about: () =>
      l10n.t('How many messages to read at most. Default: the setting `kafkaRest.consume.count`.'),
    choices: [
      { value: '10', about: () => l10n.t('at most 10 messages') },
      { value: '100', about: () => l10n.t('at most 100 messages') },
    ],
  },
  {
    name: 'partitions',
    about: () =>
      l10n.t('Which partitions to read, such as `0`, `0,1,2`, `0-2` or `0,2-3`. Default: all.'),
    choices: [{ value: '0', about: () => l10n.t('the first partition') }],
  },
  {
    name: 'key-format',
    about: () => l10n.t('How the bytes of the key are shown. Default: `string`.'),
    choices: formatChoices('consumer'),
  },
  {
    name: 'value-format',
    about: () => l10n.t('How the bytes of the value are shown. Default: `string`.'),
    choices: formatChoices('consumer'),
  },
]);

const CLUSTER: Definition = {
  name: 'cluster',
  about: () =>
    l10n.t(
      'The cluster that this block speaks to. Before the first block it holds for the whole file.',
    ),
};

const SCHEMA: Definition = {
  name: 'schema',
  about: () =>
    l10n.t(
      'The schema of the value: a subject, perhaps with its version, such as `orders-value@3`, or a file beside this one, such as `order.avsc`. Without `value-format`, its type is the format.',
    ),
};

const KEY_SCHEMA: Definition = {
  name: 'key-schema',
  about: () => l10n.t('The schema of the key, as `-- @schema` names the one of the value.'),
};

export const PRODUCER_DIRECTIVES = table([
  CLUSTER,
  SCHEMA,
  KEY_SCHEMA,
  {
    name: 'partition',
    about: () => l10n.t('The partition to write to. Without it, Kafka chooses.'),
  },
  { name: 'timestamp', about: () => l10n.t('The timestamp: epoch milliseconds or ISO 8601.') },
  {
    name: 'headers',
    about: () =>
      l10n.t(
        'Headers as JSON, exactly as they are: `[{"name": "a", "value": "text"}]`. A value may be null, or bytes as `{"base64": "..."}`. They come after those of `headers`.',
      ),
  },
  {
    name: 'tombstone',
    about: () =>
      l10n.t('The block has no value on purpose: it produces a tombstone, which deletes its key.'),
  },
]);

export const CONSUMER_DIRECTIVES = table([CLUSTER, SCHEMA, KEY_SCHEMA]);

/** Returns the properties that a block of that kind may have, by name. */
export function propertiesOf(kind: 'producer' | 'consumer'): ReadonlyMap<string, Definition> {
  return kind === 'producer' ? PRODUCER_PROPERTIES : CONSUMER_PROPERTIES;
}

/** Returns the directives that have a meaning in a block of that kind, by name. */
export function directivesOf(kind: 'producer' | 'consumer'): ReadonlyMap<string, Definition> {
  return kind === 'producer' ? PRODUCER_DIRECTIVES : CONSUMER_DIRECTIVES;
}

function table(definitions: readonly Definition[]): ReadonlyMap<string, Definition> {
  return new Map(definitions.map((definition) => [definition.name, definition]));
}
