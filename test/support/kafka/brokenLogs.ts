// What no client can make Kafka do is done to the files of its logs.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Offset } from '../../../src/core/kafka';
import { KafkaFailure } from '../../../src/emulator/backend';
import { createTopics } from '../../../src/emulator/kafka/api/topics';
import { Leaders } from '../../../src/emulator/kafka/leaders';
import type { Kafka } from './broker';
import { withBrokers } from './withBrokers';

/** Lets an empty partition begin at another offset than 0. Kafka must be shut down. */
export async function moveFirstOffset(
  { logs }: Kafka,
  topic: string,
  partition: number,
  first: Offset,
): Promise<void> {
  const folder = path.join(logs, `${topic}-${partition}`);
  for (const file of await readdir(folder)) {
    const from = path.join(folder, file);
    // A segment is named by its first offset. Kafka makes the other files anew.
    if (file.endsWith('.log')) {
      await rename(from, path.join(folder, `${first.toString().padStart(20, '0')}.log`));
    } else if (file !== 'partition.metadata') {
      await rm(from);
    }
  }
  for (const file of await readdir(logs)) {
    if (
      /^(?:cleaner-offset|log-start-offset|recovery-point|replication)-.*checkpoint$/.test(file)
    ) {
      await rm(path.join(logs, file));
    }
  }
}

/** A second folder for the logs of a Kafka. */
export class SecondLogs {
  private constructor(
    private readonly kafka: Kafka,
    private readonly folder: string,
    private readonly id: Buffer,
  ) {}

  /** Adds the folder, in which Kafka puts the partitions that are made next. It must be shut down. */
  static async add(kafka: Kafka): Promise<SecondLogs> {
    const { logs } = kafka;
    const folder = path.join(path.dirname(logs), 'second-logs');
    await mkdir(folder);
    const identity = await readFile(path.join(logs, 'meta.properties'), 'utf8');
    const id = randomBytes(16);
    const line = `directory.id=${id.toString('base64url')}`;
    const own = identity.replace(/^directory\.id=.*$/m, line);
    await writeFile(path.join(folder, 'meta.properties'), own);
    const settings = path.join(path.dirname(logs), 'server.properties');
    const both = `log.dirs=${logs},${folder}\nmetadata.log.dir=${logs}`;
    const text = await readFile(settings, 'utf8');
    await writeFile(settings, text.replace(/^log\.dirs=.*$/m, both));
    return new SecondLogs(kafka, folder, id);
  }

  /**
   * Resolves when new partitions come into the folder as long as it has fewer than the first one.
   * After its start, Kafka takes only the first one until its controller knows of both.
   */
  async used(): Promise<void> {
    const isIn = (folder: string, name: string) => existsSync(path.join(folder, `${name}-0`));
    await withBrokers(this.kafka, async (brokers) => {
      for (let attempt = 0; ; attempt += 1) {
        const name = `second-logs-${attempt}`;
        const topic = { name, partitionCount: 1, replicationFactor: 1 };
        try {
          await brokers.callController(createTopics, { topic, validateOnly: false });
        } catch (error) {
          // A broker that has just started may not know its controller.
          if (!(error instanceof KafkaFailure && error.kind === 'BROKER_NOT_AVAILABLE'))
            throw error;
          await delay(20);
          continue;
        }
        while (!isIn(this.kafka.logs, name) && !isIn(this.folder, name)) await delay(20);
        if (isIn(this.folder, name)) return;
      }
    });
  }

  /** Resolves when Kafka keeps a partition in the folder, and its controller has written that down. */
  async #holds(topic: string, partition: number): Promise<void> {
    const file = path.join(this.folder, `${topic}-${partition}`, 'partition.metadata');
    while (!existsSync(file)) await delay(20);
    const [, text = ''] = /^topic_id: (\S+)$/m.exec(await readFile(file, 'utf8')) ?? [];
    while (!(await this.#isWritten(Buffer.from(text, 'base64url'), partition))) await delay(20);
  }

  /** Whether a record of the controller has the partition, the topic and soon after it the folder. */
  async #isWritten(topicId: Buffer, partition: number): Promise<boolean> {
    const log = path.join(this.kafka.logs, '__cluster_metadata-0', `${'0'.repeat(20)}.log`);
    const bytes = await readFile(log);
    for (let at = bytes.indexOf(topicId); at >= 0; at = bytes.indexOf(topicId, at + 1)) {
      const isPartition = at >= 4 && bytes.readInt32BE(at - 4) === partition;
      if (isPartition && bytes.subarray(at, at + 64).includes(this.id)) return true;
    }
    return false;
  }

  /**
   * Breaks the folder under the running Kafka, so that the partitions in it have no leader.
   * Kafka notices when it makes another topic there. Resolves when `topic` has lost a leader.
   */
  async break(topic: string, partition: number): Promise<void> {
    await this.#holds(topic, partition);
    // Kafka may write into it at this moment, so that it cannot be removed.
    await rename(this.folder, `${this.folder}-away`);
    await writeFile(this.folder, '');
    const another = { name: `${topic}-breaking`, partitionCount: 1, replicationFactor: 1 };
    await withBrokers(this.kafka, async (brokers) => {
      await brokers.callController(createTopics, { topic: another, validateOnly: false });
      const leaders = new Leaders(brokers);
      const isLed = async () =>
        (await leaders.topic(topic)).partitions.every(({ leader }) => leader !== null);
      while (await isLed()) await delay(100);
    });
  }
}
