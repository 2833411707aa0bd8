// Runs in the extension host beside the packed extension, to which an emulator is attached: times
// how its topics come into the tree, and the same calls bare, and writes `TreeTimes` to
// BENCH_RESULT.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import vscode from 'vscode';
import type { EmulatorInfo } from '../../../../src/emulator/server';
import type { Api } from '../../../../src/extension';
import { waitUntilIdle } from '../report/machine';
import { alternate } from '../rows';
import type { TreeTimes } from './tree';

const ROUNDS = 15;

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<Api>('kafka-rest-explorer.kafka-rest-explorer');
  await waitUntilIdle(Number(process.env['BENCH_IDLE_MS']));
  if (!extension || extension.isActive) throw new Error('It is not there, or active already.');
  const { tree } = await extension.activate();
  const expected = Number(process.env['BENCH_TOPICS']);
  const timed = async (load: () => Promise<number>): Promise<number> => {
    const started = performance.now();
    const count = await load();
    const took = performance.now() - started;
    if (count !== expected) throw new Error(`There were ${count} topics, not ${expected}.`);
    return took;
  };

  // The emulator is attached a little after the activation.
  let [cluster] = (await tree.getChildren()) ?? [];
  for (; !cluster; [cluster] = (await tree.getChildren()) ?? []) await setImmediate();
  const parent = (await tree.getChildren(cluster))?.find(({ kind }) => kind === 'topics');
  const shown = async () => {
    const nodes = (await tree.getChildren(parent)) ?? [];
    let count = 0;
    for (const node of nodes) {
      const { contextValue } = await tree.getTreeItem(node);
      if (contextValue?.startsWith('topic ')) count += 1;
    }
    return count;
  };
  const address = readFileSync(process.env['KAFKA_REST_EMULATOR'] ?? '', 'utf8');
  const list = bareList(JSON.parse(address) as EmulatorInfo);

  // Ours is the first to ask, so whatever the host has to load for HTTPS counts as ours.
  const first = { ours: await timed(shown), bare: await timed(list) };
  const ways = { ours: () => timed(shown), bare: () => timed(list) };
  const times: TreeTimes = { first, again: await alternate(ways, { rounds: ROUNDS }) };
  writeFileSync(process.env['BENCH_RESULT'] ?? '', JSON.stringify(times));
}

/**
 * What a script does to list the topics, and how many there are; it keeps its token and connection.
 */
function bareList(info: EmulatorInfo): () => Promise<number> {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(info.caFile ?? '') });
  const call = async (url: string, token: string | undefined, form?: URLSearchParams) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const method = form ? 'POST' : 'GET';
    const sent = request(url, { agent, method, headers }).end(form?.toString());
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return JSON.parse(await text(response)) as unknown;
  };
  let token: string | undefined;
  return async () => {
    if (token === undefined) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: info.clientId ?? '',
        client_secret: info.clientSecret ?? '',
        scope: info.scope ?? '',
      });
      const answer = await call(`${info.authority ?? ''}/oauth2/v2.0/token`, undefined, form);
      token = (answer as { access_token: string }).access_token;
    }
    const answer = await call(`${info.endpoint}/v1/metadata/topics`, token);
    return (answer as { topics: string[] }).topics.length;
  };
}
