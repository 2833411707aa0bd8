import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installWhole } from '../host/installWhole';
import { root, run } from '../host/processes';
import { findJava, findMaven } from './java';

const KAFKA = '4.3.1';

/** Where the installed Kafkas are, in the working copy so that they are reused. */
const installRoot = path.join(root, '.kafka-test');

/** The plugin of Maven that copies jars, in a version that is always the same. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/** Kafka's broker, and the library that writes its log in a readable form. */
const POM = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>test</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.25.4</version>
    </dependency>
  </dependencies>
</project>
`;

/** A Kafka on disk, and what runs it. */
export interface InstalledKafka {
  readonly java: string;
  /** The class path of its programs. */
  readonly classPath: string;
  /** A folder for what is made once and speeds up later starts. */
  readonly folder: string;
}

/**
 * Makes sure that Kafka and a Java for it are on disk. Maven fetches the jars, from where its
 * settings say; each must have the checksum of our list. A second call finds the files of the first
 * one.
 *
 * @param log receives a line about each long step
 * @throws {KafkaMissing} if there is no Java or no Maven
 */
export async function installKafka(
  log: (line: string) => void = console.error,
): Promise<InstalledKafka> {
  const java = await findJava(log);
  const folder = path.join(installRoot, KAFKA);
  if (!existsSync(folder)) {
    const maven = await findMaven(log);
    log(`Fetching Kafka ${KAFKA} with Maven into ${path.relative(root, folder)} ...`);
    await installWhole(folder, (draft) => fetchJars(maven, draft));
  }
  return { java, classPath: path.join(folder, 'jars', '*'), folder };
}

async function fetchJars(maven: string, draft: string): Promise<void> {
  const fetched = path.join(draft, 'fetched');
  const jars = path.join(draft, 'jars');
  const pom = path.join(draft, 'pom.xml');
  await writeFile(pom, POM);
  const goal = [COPY, '-DincludeScope=runtime', `-DoutputDirectory=${fetched}`];
  await run(maven, ['--quiet', '--batch-mode', '--file', pom, ...goal]);
  await mkdir(jars);
  const sums = await pinnedSums();
  for (const name of await readdir(fetched)) {
    const jar = path.join(fetched, name);
    const sum = createHash('sha256')
      .update(await readFile(jar))
      .digest('hex');
    if (sum !== sums.get(name)) throw new Error(`${name} is not the file of our list: ${sum}`);
    sums.delete(name);
    await copyFile(jar, path.join(jars, name));
  }
  if (sums.size > 0) throw new Error(`Maven fetched no ${[...sums.keys()].join(', ')}.`);
  await rm(fetched, { recursive: true });
}

/** Returns the SHA-256 of each jar by its name. */
async function pinnedSums(): Promise<Map<string, string>> {
  const list = await readFile(path.join(__dirname, `jars-${KAFKA}.sha256`), 'utf8');
  return new Map(
    Array.from(list.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm), ([, sum = '', name = '']) => [
      name,
      sum,
    ]),
  );
}
