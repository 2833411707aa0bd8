import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { ProtocolConnection } from 'vscode-languageserver-protocol/node';
import {
  createProtocolConnection,
  DiagnosticRefreshRequest,
  ExitNotification,
  InitializedNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/**
 * The language server in its own process, bundled as it ships. It communicates over standard input
 * and output.
 */
export interface StartedServer {
  readonly connection: ProtocolConnection;
  /**
   * Resolves when the condition holds. Checks it at once, and each time that the server asks the
   * editor to pull diagnostics again.
   */
  until(condition: () => Promise<boolean>): Promise<void>;
  /** Shuts the server down as an editor does, and resolves to its exit status. */
  stop(): Promise<number | null>;
  /** Ends the process if it is still running. */
  kill(): void;
}

/** Bundles the server into a temporary folder; `remove` deletes it. */
export async function bundleServer(): Promise<{
  readonly file: string;
  readonly remove: () => void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'language-server-'));
  const file = join(folder, 'server.js');
  await build({
    entryPoints: ['src/language/server.ts'],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return {
    file,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Starts the server and initialises it as an editor does, with `texts` in the language of the window
 * by their English ones. `listen` handles its requests.
 */
export async function startServer(
  file: string,
  listen: (connection: ProtocolConnection) => void,
  texts?: Readonly<Record<string, string>>,
): Promise<StartedServer> {
  const server = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(server, 'exit') as Promise<[number | null]>;
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  let refreshes = 0;
  let onRefresh: () => void = () => undefined;
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    refreshes += 1;
    onRefresh();
  });
  listen(connection);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    initializationOptions: texts && { texts: JSON.stringify(texts) },
    workspaceFolders: null,
    capabilities: { workspace: { diagnostics: { refreshSupport: true } } },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    until: async (condition) => {
      for (;;) {
        const seen = refreshes;
        if (await condition()) return;
        if (refreshes === seen) await new Promise<void>((resolve) => (onRefresh = resolve));
      }
    },
    kill: () => server.kill(),
    stop: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      const [status] = await exited;
      connection.dispose();
      return status;
    },
  };
}
