import * as l10n from '@vscode/l10n';
import type { Hover } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import { splitFormat } from '../core/message/decoders/formatName';
import { formatTime } from '../core/time/parse';
import { markdownBlock, markdownCode, unlinkedText } from '../core/text/visible';
import { aboutDefinition } from './aboutDefinition';
import type { Catalog } from './catalog';
import { timeContextOf, clusterOf, topicsFor } from './catalog';
import type { Block, KafkaFile } from '../kafkaFile/file';
import { findProperty } from '../kafkaFile/file';
import { directivesOf, propertiesOf } from '../kafkaFile/properties';
import type { TemplateFaker } from '../kafkaFile/faker/templateFaker';
import { render } from '../kafkaFile/render';
import { readConsumer } from '../kafkaFile/settings';
import type { Template } from '../kafkaFile/templates';
import { findTemplates, HELPERS } from '../kafkaFile/templates';
import { findMethod, FORMER_NAMES, type Method } from '../kafkaFile/faker/names';
import type { Span, Text } from '../kafkaFile/text';

/** The item under the caret, and what is needed to describe it. */
export type HoverTarget = Span &
  (
    | { readonly kind: 'about'; readonly markdown: string }
    /** The partitions of the topic must be known first. */
    | { readonly kind: 'topic'; readonly cluster: string | undefined; readonly topic: string }
    /** Faker must be loaded first, for a template of that kind. */
    | { readonly kind: 'template'; readonly template: Template; readonly source: string }
  );

/** Finds the item at an offset that a hover can describe. */
export function hoverTarget(
  file: KafkaFile,
  offset: number,
  catalog: Catalog,
): HoverTarget | undefined {
  const block = file.blockAt(offset);
  if (!block) return undefined;
  const { start, end } = block.keyword;
  if (within(block.keyword, offset))
    return { start, end, kind: 'about', markdown: aboutBlock(block) };
  return (
    templateTarget(file, block, offset) ??
    propertyTarget(file, block, offset, catalog) ??
    directiveTarget(file, block, offset, catalog)
  );
}

function propertyTarget(
  file: KafkaFile,
  block: Block,
  offset: number,
  catalog: Catalog,
): HoverTarget | undefined {
  const property = block.properties.find((each) => within(each, offset));
  const definition = property && propertiesOf(block.kind).get(property.name.text);
  if (!property || !definition) return undefined;
  if (within(property.name, offset)) {
    const { text } = aboutDefinition(definition, file, block, catalog);
    return { ...span(property.name), kind: 'about', markdown: text };
  }
  const { value } = property;
  if (!within(value, offset) || value.text === '') return undefined;
  if (definition.name === 'topic') {
    const cluster = clusterOf(file, block, catalog)?.name;
    return { ...span(value), kind: 'topic', cluster, topic: value.text };
  }
  const times = aboutTimes(block, definition.name, catalog);
  if (times !== undefined) return { ...span(value), kind: 'about', markdown: times };
  const isFormat = definition.name.endsWith('-format');
  const chosen = isFormat ? splitFormat(value.text).name : value.text;
  const choice = definition.choices?.find((each) => each.value === chosen);
  const about = choice
    ? l10n.t('{0}: {1}', `\`${choice.value}\``, choice.about())
    : aboutDefinition(definition, file, block, catalog).text;
  return { ...span(value), kind: 'about', markdown: about };
}

/** Says how the times of `from` and `to` were understood. */
function aboutTimes(block: Block, name: string, catalog: Catalog): string | undefined {
  if (block.kind !== 'consumer') return undefined;
  const timeContext = timeContextOf(catalog);
  const { from, untilTime } = readConsumer(block, timeContext).settings;
  const show = (time: number) => `\`${formatTime(time, timeContext.zone)}\``;
  const before = (time: number) => l10n.t('Messages before this time: {0}', show(time));
  if (name === 'to') {
    return untilTime === undefined ? undefined : before(untilTime);
  }
  if (name !== 'from' || from.at !== 'time') return undefined;
  const since = from.span.from;
  const until = findProperty(block, 'to') ? undefined : from.span.to;
  if (since === undefined) return until === undefined ? undefined : before(until);
  return until === undefined
    ? l10n.t('Messages from this time on: {0}', show(since))
    : l10n.t('Messages from {0} to {1}, which is not included', show(since), show(until));
}

function directiveTarget(
  file: KafkaFile,
  block: Block,
  offset: number,
  catalog: Catalog,
): HoverTarget | undefined {
  const directive = block.directives.find((each) => within(each, offset));
  const definition = directive && directivesOf(block.kind).get(directive.name.text);
  if (!definition) return undefined;
  const { text } = aboutDefinition(definition, file, block, catalog);
  return { ...span(directive), kind: 'about', markdown: text };
}

function templateTarget(file: KafkaFile, block: Block, offset: number): HoverTarget | undefined {
  if (block.kind === 'consumer') return undefined;
  const texts: readonly (Text | undefined)[] = [
    findProperty(block, 'key')?.value,
    findProperty(block, 'headers')?.value,
    block.value,
  ];
  const text = texts.find((each) => each && within(each, offset));
  if (!text) return undefined;
  const template = findTemplates(text.text, text.start).find((each) => within(each, offset));
  if (!template) return undefined;
  const source = file.text.slice(template.start, template.end);
  return { ...span(template), kind: 'template', template, source };
}

/** Returns the text for a target. It says less if facts that it needs are missing. */
export function hover(
  file: KafkaFile,
  target: HoverTarget,
  catalog: Catalog,
  faker?: TemplateFaker,
): Hover | undefined {
  const value = markdownOf(file, target, catalog, faker);
  return value === undefined
    ? undefined
    : { contents: { kind: MarkupKind.Markdown, value }, range: file.range(target) };
}

function markdownOf(
  file: KafkaFile,
  target: HoverTarget,
  catalog: Catalog,
  faker: TemplateFaker | undefined,
): string | undefined {
  switch (target.kind) {
    case 'about':
      return target.markdown;
    case 'topic':
      return aboutTopic(file, target, catalog);
    case 'template':
      return catalog.state.templates.enabled
        ? aboutTemplate(target, faker, catalog.state.trusted)
        : undefined;
  }
}

function aboutBlock(block: Block): string {
  return block.kind === 'producer'
    ? l10n.t(
        '**PRODUCER**: produces a message. Properties, then the value, up to a line `###`. What follows on this line is a label.',
      )
    : l10n.t(
        '**CONSUMER**: reads messages of a topic. The name on this line names the view; nothing is committed on the cluster.',
      );
}

function aboutTopic(
  file: KafkaFile,
  { topic, cluster, start }: HoverTarget & { kind: 'topic' },
  catalog: Catalog,
): string {
  const name = markdownCode(topic);
  if (cluster === undefined) {
    return l10n.t('Topic {0}. Choose a cluster to see its partitions.', name);
  }
  const title = l10n.t('Topic {0} on {1}', name, unlinkedText(cluster));
  const partitions = catalog.partitions(cluster, topic);
  if (partitions) {
    return [
      `${title}\n`,
      l10n.t('| partition | earliest | latest |'),
      '| --: | --: | --: |',
      ...partitions
        .slice(0, 50)
        .map(({ id, earliest = '?', latest = '?' }) => `| ${id} | ${earliest} | ${latest} |`),
      ...(partitions.length > 50
        ? ['', l10n.t('{0} partitions more', partitions.length - 50)]
        : []),
    ].join('\n');
  }
  const block = file.blockAt(start);
  const topics = block && topicsFor(file, block, catalog);
  return !topics || topics.some(({ name }) => name === topic)
    ? title
    : l10n.t(
        'Topic {0} on {1}: the cluster does not list it. A new topic can take half a minute to show up.',
        name,
        unlinkedText(cluster),
      );
}

/** A template with a longer number, such as the length of a text, is not run in a hover. */
const LONG_NUMBER = /\d{5}|\d[e_]\+?\d|0[box][\da-f]/i;
/** Modules in which such a number does not make the result longer. */
const NUMERIC = /^(?:number|date|finance|datatype|location)\./;

function aboutTemplate(
  { template, source }: HoverTarget & { kind: 'template' },
  faker: TemplateFaker | undefined,
  trusted: boolean,
): string | undefined {
  const { name, kind, problem } = template;
  if (problem) return undefined;
  const method = findMethod(name);
  const about = method
    ? aboutMethod(name, method)
    : (HELPERS.get(name.startsWith('$env.') ? '$env.' : name)?.() ?? '');
  const shown = l10n.t('{0}: {1}', markdownCode(source), about);
  const { text: expression } = template.expression;
  // A hover must not run anything that could take very long, such as a long text, and nothing that
  // a stranger wrote.
  const harmless = trusted
    ? !LONG_NUMBER.test(expression) || NUMERIC.test(method?.runsAs ?? name)
    : !expression.includes('(');
  if (source.includes('{{$env.') || !harmless || (kind === 'faker' && !faker)) return shown;
  const { text } = render(source, {
    index: 0,
    seed: [1],
    now: Date.now(),
    env: () => undefined,
    faker,
  });
  return text === undefined
    ? shown
    : `${shown}\n\n${l10n.t('For example:')}\n${markdownBlock(text.slice(0, 500))}`;
}

/** `name` is as it is written. */
function aboutMethod(name: string, { name: known, runsAs }: Method): string {
  const faker = '[faker](https://fakerjs.dev/api/)';
  if (runsAs === known && FORMER_NAMES.has(known)) {
    return l10n.t('A random value, as earlier versions of {0} made it.', faker);
  }
  const method = `\`${runsAs}\``;
  return name.replace(/^faker\./, '') === runsAs
    ? l10n.t('A random value of {0}: {1}.', faker, method)
    : l10n.t('A random value of {0}: {1}, as this is called today.', faker, method);
}

function within({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function span({ start, end }: Span): Span {
  return { start, end };
}
