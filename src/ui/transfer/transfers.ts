import * as vscode from 'vscode';
import type { Decoders } from '../decoding/decoders';
import type { TopicSchemas } from '../decoding/topicSchemas';
import type { MessageDocuments } from '../messages/messageDocuments';
import type { Viewers } from '../viewer/viewers';
import { BulkRuns } from './runs/bulkRuns';
import { copyMessages } from './copyMessages';
import { toGivenCopy } from './copyWizard';
import { Exporter } from './export/exportMessages';
import { type FileServices, toGivenFile } from './fileJob';
import { produceFile } from './produceFile';
import { RestFormats } from './restFormats';
import { ReportDocuments } from './runs/reportDocuments';

/**
 * Moves messages between topics and files. This is a large part of the code, which is loaded when
 * it is first needed.
 */
export class Transfers implements vscode.Disposable {
  readonly #services: FileServices;
  readonly #exporter: Exporter;
  readonly #owned: vscode.Disposable;

  constructor(
    services: Omit<FileServices, 'runs' | 'reports' | 'restFormats'>,
    workspaceState: vscode.Memento,
    documents: MessageDocuments,
    viewers: Viewers,
    decoders: Decoders,
    schemas: TopicSchemas,
  ) {
    const { connections, targets, reporter } = services;
    const runs = new BulkRuns();
    const reports = new ReportDocuments();
    const restFormats = new RestFormats(workspaceState);
    this.#services = { ...services, runs, reports, restFormats };
    this.#exporter = new Exporter(
      connections,
      targets,
      documents,
      viewers,
      decoders,
      schemas,
      reporter,
    );
    this.#owned = vscode.Disposable.from(runs, reports);
  }

  exportMessages(argument: unknown): Promise<void> {
    return this.#exporter.export(argument);
  }

  produceFile(argument: unknown): Promise<void> {
    return produceFile(this.#services, toGivenFile(argument));
  }

  copyMessages(argument: unknown): Promise<void> {
    return copyMessages(this.#services, toGivenCopy(argument));
  }

  /** Pauses the run with that number, or all runs if there is none. */
  pause(argument: unknown): void {
    this.#services.runs.pause(typeof argument === 'number' ? argument : undefined);
  }

  resume(argument: unknown): void {
    this.#services.runs.resume(typeof argument === 'number' ? argument : undefined);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
