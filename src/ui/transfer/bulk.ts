import * as vscode from 'vscode';
import { BulkRuns } from './bulkRuns';
import type { BulkServices } from './bulkServices';
import { copyMessages } from './copyMessages';
import { toGivenCopy } from './copyWizard';
import { toGivenFile } from './fileJob';
import { produceFile } from './produceFile';
import { ReportDocuments } from './reportDocuments';

/** Produces files and copies messages. */
export class Bulk implements vscode.Disposable {
  readonly #services: BulkServices;
  readonly #owned: vscode.Disposable;

  constructor(services: Omit<BulkServices, 'runs' | 'reports'>) {
    const runs = new BulkRuns();
    const reports = new ReportDocuments();
    this.#services = { ...services, runs, reports };
    this.#owned = vscode.Disposable.from(runs, reports);
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
