import * as vscode from 'vscode';
import { readProducer } from '../../kafkaFile/settings';
import { unsupported } from '../../kafkaFile/support';
import type { Connections } from '../clusters/connections';
import { UserError } from '../words/report';
import { type FileClusters, type Located, refusal } from './blocks';

/** A block whose message its cluster cannot carry, and the error that says so. */
interface Uncarried {
  readonly located: Located;
  readonly error: UserError;
}

/**
 * Returns those of several blocks whose messages their clusters cannot carry, with errors that offer
 * to run the others; none if there would be no others. Sends nothing.
 */
export async function uncarriedBlocks(
  all: readonly Located[],
  connections: Connections,
  files: FileClusters,
  runOthers: (others: readonly Located[]) => Promise<void>,
): Promise<readonly Uncarried[]> {
  const found: { located: Located; error: UserError }[] = [];
  for (const located of all) {
    const { document, file, block } = located;
    const cluster = files.ofBlock(located);
    const isKnown = cluster !== undefined && connections.clusters.get(cluster) !== undefined;
    if (block.kind !== 'producer' || !isKnown) continue;
    const { capabilities } = await connections.ready(cluster);
    const problems = unsupported(block, readProducer(block).settings, capabilities);
    if (problems.length > 0) found.push({ located, error: refusal(document, file, problems) });
  }
  const others = all.filter((each) => found.every(({ located }) => located !== each));
  if (others.length === 0) return [];
  const versions = new Map(others.map(({ document }) => [document, document.version]));
  const action = {
    title: titleFor(others),
    run: async () => {
      for (const [{ version }, before] of versions) if (version !== before) throw changed();
      await runOthers(others);
    },
  };
  return found.map(({ located, error: { reason, logged, advice, next } }) => ({
    located,
    error: new UserError({ shown: reason, logged }, advice, action, ...next),
  }));
}

function titleFor(others: readonly Located[]): string {
  return others.every(({ block }) => block.kind === 'producer')
    ? vscode.l10n.t('Send the Other {0}', others.length)
    : vscode.l10n.t('Run the Other {0}', others.length);
}

function changed(): UserError {
  return new UserError(
    vscode.l10n.t('the file has changed meanwhile'),
    vscode.l10n.t('Select its blocks and run them again'),
  );
}
