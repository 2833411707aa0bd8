import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { run } from '../host/processes';

/** The oldest Java on which Kafka 4 runs. */
const MIN_JAVA = 17;

/** Says why Kafka cannot run here. The message is a sentence that tells what to do. */
export class KafkaMissing extends Error {}

/**
 * Finds a Java: that of `JAVA_HOME`, or else the one on the path. If there is none, root on Debian
 * or Ubuntu gets one installed.
 *
 * @returns the path or name of its executable
 * @throws {KafkaMissing} if there is none
 */
export async function findJava(log: (line: string) => void): Promise<string> {
  const java = installedJava() ?? (await installed('default-jre-headless', log, installedJava));
  if (java !== undefined) return java;
  throw new KafkaMissing(
    `Kafka needs Java ${MIN_JAVA} or newer: install one, or set JAVA_HOME to its folder.`,
  );
}

/**
 * Finds the command of Maven, which knows the user's registry, or installs it as `findJava` does.
 *
 * @throws {KafkaMissing} if there is none
 */
export async function findMaven(log: (line: string) => void): Promise<string> {
  const maven = installedMaven() ?? (await installed('maven', log, installedMaven));
  if (maven !== undefined) return maven;
  throw new KafkaMissing('Maven fetches Kafka: install it, so that `mvn` is on the path.');
}

function installedJava(): string | undefined {
  const home = process.env['JAVA_HOME'];
  const candidates = home === undefined || home === '' ? [] : [path.join(home, 'bin', 'java')];
  return [...candidates, 'java'].find((java) => versionOf(java) >= MIN_JAVA);
}

/** Returns the major version of a Java; 0 if it does not start. */
function versionOf(java: string): number {
  const { stderr, status } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) : 0;
}

function installedMaven(): string | undefined {
  const name = process.platform === 'win32' ? 'mvn.cmd' : 'mvn';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

async function installed(
  name: string,
  log: (line: string) => void,
  find: () => string | undefined,
): Promise<string | undefined> {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return undefined;
  log(`Installing ${name} with apt ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env });
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
  }
  return find();
}
