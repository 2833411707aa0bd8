import type { Block, KafkaFile } from '../kafkaFile/file';
import type { Definition } from '../kafkaFile/properties';
import { unsupportedPart } from '../kafkaFile/support';
import { type Catalog, clusterOf } from './catalog';
import { supportWords } from './words/support';

/** What is said about a property or a directive in a block. */
export interface About {
  /** Markdown. */
  readonly text: string;
  /** Whether the REST proxy of the block's cluster cannot carry it; the text then says so first. */
  readonly isUnsupported: boolean;
}

/** Returns what is said about a property or a directive, for the cluster that the block uses. */
export function aboutDefinition(
  definition: Definition,
  file: KafkaFile,
  block: Block,
  catalog: Catalog,
): About {
  const cluster = block.kind === 'producer' ? clusterOf(file, block, catalog) : undefined;
  const kind = cluster && unsupportedPart(definition.name, cluster.capabilities);
  if (!kind) return { text: definition.about(), isUnsupported: false };
  const [, reason] = supportWords[kind];
  return { text: `${reason()}\n\n${definition.about()}`, isUnsupported: true };
}
