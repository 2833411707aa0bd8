import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { root, startGuarded } from './processes';

/** An emulator in its own process. A VS Code server that gets `env` shows it as a cluster. */
export interface AttachedEmulator {
  readonly info: EmulatorInfo;
  readonly env: NodeJS.ProcessEnv;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts an emulator with these arguments of its command. Writes the facts that the extension
 * needs to `folder`; `address` may change them to put something in between.
 */
export async function startAttachedEmulator(
  folder: string,
  args: readonly string[],
  address: (info: EmulatorInfo) => Promise<EmulatorInfo> = (info) => Promise.resolve(info),
): Promise<AttachedEmulator> {
  const emulator = startGuarded(process.execPath, [
    ...['--import', 'tsx', path.join(root, 'src/emulator/cli.ts')],
    ...['--ca-file', path.join(folder, 'emulator-ca.pem')],
    ...args,
  ]);
  const [line] = await emulator.printed(/^\{.*\}$/m);
  const info = await address(JSON.parse(line) as EmulatorInfo);
  return {
    info,
    env: announce(info, folder),
    ended: emulator.ended,
    stop: () => emulator.stop(),
  };
}

/** Writes the facts about an emulator to `folder`. Returns the environment that names the file. */
export function announce(info: EmulatorInfo, folder: string): NodeJS.ProcessEnv {
  const file = path.join(folder, 'emulator.json');
  writeFileSync(file, JSON.stringify(info), { mode: 0o600 });
  return { KAFKA_REST_EMULATOR: file };
}
