import { findsTimes } from '../core/read/timeBounds';
import type { Capabilities } from '../core/kafka';
import type { ConsumerBlock, ProducerBlock } from './file';
import { findDirective, findProperty } from './file';
import type { Problem } from './problems';
import type { ConsumerSettings, ProducerSettings } from './settings';

/**
 * Returns a problem for each part of a block that the cluster's proxy cannot carry. The bytes of
 * key and value are left to `encodingProblems`.
 */
export function unsupported(
  block: ProducerBlock,
  settings: ProducerSettings,
  { produce }: Pick<Capabilities, 'produce'>,
): Problem[] {
  const problems: Problem[] = [];
  const add = (kind: Problem['kind'], span: { start: number; end: number } | undefined) => {
    if (span) problems.push({ kind, start: span.start, end: span.end });
  };
  if (!produce) {
    add('produce-unsupported', block.keyword);
    return problems;
  }
  if (settings.headers.length > 0 && !produce.headers) {
    add('headers-unsupported', findProperty(block, 'headers'));
  }
  if (settings.exactHeaders.length > 0 && !produce.headers) {
    add('headers-unsupported', findDirective(block, 'headers'));
  }
  if (settings.timestamp !== undefined && !produce.timestamp) {
    add('timestamp-unsupported', findDirective(block, 'timestamp'));
  }
  if (settings.tombstone && !produce.tombstone) {
    add('tombstone-unsupported', findDirective(block, 'tombstone'));
  }
  return problems;
}

/**
 * Returns why a property or directive of PRODUCER blocks cannot be used with the cluster's proxy;
 * `undefined` if it can.
 */
export function unsupportedPart(
  name: string,
  { produce }: Pick<Capabilities, 'produce'>,
): 'headers-unsupported' | 'timestamp-unsupported' | 'tombstone-unsupported' | undefined {
  if (!produce) return undefined;
  if (name === 'headers' && !produce.headers) return 'headers-unsupported';
  if (name === 'timestamp' && !produce.timestamp) return 'timestamp-unsupported';
  return name === 'tombstone' && !produce.tombstone ? 'tombstone-unsupported' : undefined;
}

/** Returns a problem for each part of a block's request that the cluster's proxy cannot serve. */
export function unsupportedRead(
  block: ConsumerBlock,
  { from, untilTime }: ConsumerSettings,
  { read }: Pick<Capabilities, 'read'>,
): Problem[] {
  const { start, end } = block.keyword;
  if (!read) return [{ kind: 'consume-unsupported', start, end }];
  if (findsTimes({ read })) return [];
  const byTime = [
    ...(from.at === 'time' ? ['from'] : []),
    ...(untilTime === undefined ? [] : ['to']),
  ];
  return byTime.map((name) => {
    const { start, end } = findProperty(block, name)?.value ?? block.keyword;
    return { kind: 'times-unsupported', start, end };
  });
}
