import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { DecoderContext, DecodingWorker } from '../../core/message/decoders/decoder';
import { FileLookup } from '../../core/schemaRegistry/fileLookup';
import type { SchemaLookup } from '../../core/schemaRegistry/lookup';
import { openDecodingWorker } from '../../decoding/decoding';
import type { Registries } from '../clusters/registry/registries';
import { lostWorker } from './lostWorker';
import { WorkspaceSchemaFiles } from './schemaFiles';

/** The memory that hostile messages and schemas may take, in MB. */
const limits = { maxOldGenerationSizeMb: 512, stackSizeMb: 4 };

/** What decoders are opened for, apart from the part. */
export interface Context extends Omit<DecoderContext, 'part'> {
  readonly schemas: SchemaLookup;
  readonly worker: DecodingWorker;
}

/** Decodes and encodes keys and values for all of the window, in one worker. */
export class Decoding implements vscode.Disposable {
  readonly #worker: ReturnType<typeof openDecodingWorker>;
  /** By cluster, then by folder: whoever asks for the same gets the same, and what it remembers. */
  readonly #lookups = new Map<string, Map<string, SchemaLookup>>();
  #registries: Promise<Registries> | undefined;
  #subscription: vscode.Disposable | undefined;

  constructor(
    dist: vscode.Uri,
    private readonly loadRegistries: () => Promise<Registries>,
  ) {
    const { fsPath: file } = vscode.Uri.joinPath(dist, 'decodingWorker.js');
    this.#worker = openDecodingWorker({
      // Nothing of this process is passed on to it, such as environment variables.
      start: (workerData) =>
        new Worker(file, { workerData, env: {}, execArgv: [], resourceLimits: limits }),
      lost: lostWorker,
    });
  }

  /**
   * Returns what decoders of a topic are opened for. `folder` is where the file stands that names
   * them, if there is one.
   */
  contextOf(cluster: string, topic: string | undefined, folder?: vscode.Uri): Context {
    return { topic, schemas: this.#lookup(cluster, folder), worker: this.#worker };
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#worker.dispose();
  }

  #lookup(cluster: string, folder: vscode.Uri | undefined): SchemaLookup {
    const ofCluster = this.#lookups.get(cluster) ?? new Map<string, SchemaLookup>();
    this.#lookups.set(cluster, ofCluster);
    const name = folder?.toString() ?? '';
    const known = ofCluster.get(name);
    if (known) return known;
    const files = new FileLookup(new WorkspaceSchemaFiles(folder));
    const lookup: SchemaLookup = {
      find: async (address, use, options) => {
        const registries = await this.#load();
        return registries.lookupOf(cluster, files).find(address, use, options);
      },
    };
    ofCluster.set(name, lookup);
    return lookup;
  }

  #load(): Promise<Registries> {
    this.#registries ??= this.loadRegistries().then((registries) => {
      // Another registry may have given the same numbers to other schemas.
      this.#subscription = registries.onDidChange((cluster) => {
        this.#lookups.delete(cluster);
      });
      return registries;
    });
    return this.#registries;
  }
}
