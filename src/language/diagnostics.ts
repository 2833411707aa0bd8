import type { Diagnostic } from 'vscode-languageserver-types';
import type { Catalog } from './catalog';
import { timeContextOf, clusterOf } from './catalog';
import { messageOf, severityOf } from './messages';
import { encodingProblems, needsEncoding } from '../kafkaFile/encoding';
import type { Block, Directive, KafkaFile } from '../kafkaFile/file';
import { findDirective, findProperty } from '../kafkaFile/file';
import type { Problem } from '../kafkaFile/problems';
import { nearest } from '../core/text/nearest';
import { directivesOf, PRODUCER_DIRECTIVES } from '../kafkaFile/properties';
import { readConsumer, readProducer } from '../kafkaFile/settings';
import { suggestTemplates } from '../kafkaFile/suggestions';
import { unsupported, unsupportedRead } from '../kafkaFile/support';
import type { LinedText, Text } from '../kafkaFile/text';
import { directiveForms } from './checks/directiveForms';
import { linesOutside } from './checks/outside';
import { type Suggest, valueProblems } from './checks/valueProblems';
import { schemaProblems } from './blockSchemas';
import { timeLike } from '../kafkaFile/values';
import { isTopicName } from '../core/text/topicName';

/** Returns the problems of a file as LSP diagnostics. */
export async function diagnose(file: KafkaFile, catalog: Catalog): Promise<Diagnostic[]> {
  return (await problemsOf(file, catalog)).map((problem) => toDiagnostic(file, problem));
}

export function toDiagnostic(file: LinedText, problem: Problem): Diagnostic {
  return {
    range: file.range(problem),
    severity: severityOf(problem.kind),
    source: 'Kafka REST',
    code: problem.kind,
    message: messageOf(problem),
  };
}

/** Returns the problems of a file, in order. Facts that the catalog lacks cause no problem. */
export async function problemsOf(file: KafkaFile, catalog: Catalog): Promise<Problem[]> {
  const check: Check = {
    file,
    catalog,
    topics: new TopicNames(catalog),
    suggest: catalog.state.templates.enabled ? openSuggest() : undefined,
    later: [],
  };
  const found = [
    ...directivesOutside(file, catalog),
    ...linesOutside(file),
    ...directiveForms(file),
    ...file.blocks.flatMap((block) => blockProblems(block, check)),
  ];
  const all = [...found, ...(await Promise.all(check.later)).flat()];
  return all.sort((a, b) => a.start - b.start);
}

/** The check of one file. */
interface Check {
  readonly file: KafkaFile;
  readonly catalog: Catalog;
  readonly topics: TopicNames;
  /** Missing if templates are switched off. */
  readonly suggest: Suggest | undefined;
  /** Checks that may wait. */
  readonly later: Promise<readonly Problem[]>[];
}

/** The maximum number of different names in a file for which there are suggestions. */
const MAX_SUGGESTED = 100;

/** Returns a function that remembers its suggestions, since a name is often used again. */
function openSuggest(): Suggest {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const suggestions =
      known.get(name) ?? (known.size < MAX_SUGGESTED ? suggestTemplates(name) : []);
    if (known.size < MAX_SUGGESTED) known.set(name, suggestions);
    return suggestions;
  };
}

function blockProblems(block: Block, { file, catalog, topics, suggest, later }: Check): Problem[] {
  const cluster = clusterOf(file, block, catalog);
  const problems = directiveProblems(block, catalog);
  problems.push(...schemaProblems(file, block, catalog));
  if (block.kind === 'consumer') {
    const { settings, problems: found } = readConsumer(block, timeContextOf(catalog));
    problems.push(...found, ...offsetsLikeTimes(block, catalog));
    const at = findProperty(block, 'partitions')?.value;
    if (!cluster) return problems;
    problems.push(
      ...topics.check(block, cluster.name, settings.partitions, at),
      ...unsupportedRead(block, settings, cluster.capabilities),
    );
    return problems;
  }
  const { settings, problems: found } = readProducer(block);
  problems.push(...found, ...valueProblems(settings, suggest));
  if (needsEncoding(settings)) {
    later.push(encodingProblems(block, settings, { produce: cluster?.capabilities.produce }));
  }
  if (!cluster) return problems;
  const partitions = settings.partition === undefined ? [] : [settings.partition];
  problems.push(
    ...topics.check(block, cluster.name, partitions, findDirective(block, 'partition')?.value),
    ...unsupported(block, settings, cluster.capabilities),
  );
  return problems;
}

function offsetsLikeTimes(block: Block, catalog: Catalog): Problem[] {
  return ['from', 'to'].flatMap((property): Problem[] => {
    const value = findProperty(block, property)?.value;
    const detail = value && timeLike(value.text, timeContextOf(catalog));
    if (!value || detail === undefined) return [];
    const { start, end, text: name } = value;
    return [{ kind: 'offset-like-time', start, end, name, detail }];
  });
}

/** Checks the directives outside of blocks. */
function directivesOutside(file: KafkaFile, catalog: Catalog): Problem[] {
  const problems: Problem[] = [];
  const firstBlock = file.blocks[0]?.start ?? Infinity;
  for (const directive of file.directives) {
    const { name } = directive;
    const { start, end } = name;
    if (name.text === 'cluster' && start < firstBlock) {
      problems.push(...clusterProblem(directive, catalog));
    } else if (PRODUCER_DIRECTIVES.has(name.text)) {
      problems.push({ kind: 'directive-outside', start, end, name: name.text });
    }
  }
  return problems;
}

function directiveProblems(block: Block, catalog: Catalog): Problem[] {
  return block.directives.flatMap((directive): Problem[] => {
    const { start, end, text: name } = directive.name;
    if (name === 'cluster') return clusterProblem(directive, catalog);
    const known = directivesOf(block.kind);
    if (known.has(name)) return [];
    const suggestions = nearest(name, known.keys());
    return [{ kind: 'directive-unknown', start, end, name, suggestions }];
  });
}

function clusterProblem({ value, name }: Directive, catalog: Catalog): Problem[] {
  const { clusters } = catalog.state;
  if (clusters.length === 0 || clusters.some((cluster) => cluster.name === value.text)) return [];
  const { start, end } = value.text === '' ? name : value;
  return [{ kind: 'cluster-unknown', start, end, name: value.text }];
}

/** Checks topics and partitions against those that clusters list. */
class TopicNames {
  readonly #partitionCounts = new Map<string, Map<string, number | undefined> | undefined>();

  constructor(private readonly catalog: Catalog) {}

  /** `at` is where the partitions are written. */
  check(
    block: Block,
    cluster: string,
    partitions: readonly number[] = [],
    at: Text | undefined,
  ): Problem[] {
    const topics = this.#of(cluster);
    const topic = findProperty(block, 'topic')?.value;
    if (!topics || !topic || !isTopicName(topic.text)) return [];
    if (!topics.has(topic.text)) {
      return [{ kind: 'topic-unknown', start: topic.start, end: topic.end, name: topic.text }];
    }
    const count = topics.get(topic.text) ?? Infinity;
    const missing = partitions.find((partition) => partition >= count);
    if (missing === undefined || !at) return [];
    const facts = { name: String(missing), detail: String(count) };
    return [{ kind: 'partition-unknown', start: at.start, end: at.end, ...facts }];
  }

  #of(cluster: string): Map<string, number | undefined> | undefined {
    if (!this.#partitionCounts.has(cluster)) {
      const topics = this.catalog.topics(cluster);
      const counts = topics?.map(({ name, partitionCount }) => [name, partitionCount] as const);
      this.#partitionCounts.set(cluster, counts && new Map(counts));
    }
    return this.#partitionCounts.get(cluster);
  }
}
