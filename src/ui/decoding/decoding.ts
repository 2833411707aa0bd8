import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { DecoderContext } from '../../core/message/decoders/decoder';
import type { SchemaLookup } from '../../core/schemaRegistry/lookup';
import { openDecodingWorker } from '../../decoding/decoding';

/** The memory that hostile messages and schemas may take, in MB. */
const limits = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

/** Decodes and encodes keys and values for all of the window, in one worker. */
export class Decoding implements vscode.Disposable {
  readonly #worker;

  /** `lookupOf` returns where the schemas of a cluster come from. */
  constructor(
    dist: vscode.Uri,
    private readonly lookupOf: (cluster: string) => SchemaLookup,
  ) {
    const { fsPath: file } = vscode.Uri.joinPath(dist, 'decodingWorker.js');
    this.#worker = openDecodingWorker(
      // It gets nothing of this process but what is sent to it.
      (workerData) =>
        new Worker(file, { workerData, env: {}, execArgv: [], resourceLimits: limits }),
    );
  }

  /** Returns what decoders of a topic are opened for. */
  contextOf(cluster: string, topic: string | undefined): Omit<DecoderContext, 'part'> {
    return { topic, schemas: this.lookupOf(cluster), worker: this.#worker };
  }

  dispose(): void {
    this.#worker.dispose();
  }
}
