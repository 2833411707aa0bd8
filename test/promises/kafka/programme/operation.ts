/**
 * A record that is written by another client than the REST proxy, which can do more: bytes, headers,
 * times and tombstones.
 */
export interface OtherRecord {
  readonly partition: number;
  readonly key: string | null;
  /** Text, bytes as `{ hex }`, or a tombstone. */
  readonly value: string | { readonly hex: string } | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Epoch milliseconds; default: now. */
  readonly timestamp?: number;
}

/**
 * One step of a programme. In its texts `@0`, `@1`, … stand for the names of the programme's topics,
 * `@big` and `@leaderless` for those of prepared.ts, and `#900000#` for a text of that length.
 */
export type Operation =
  | {
      readonly kind: 'request';
      readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
      readonly path: string;
      readonly body?: string;
    }
  /** A read near an end of the log, which is looked up first. */
  | {
      readonly kind: 'read';
      readonly topic: string;
      readonly partition: number;
      readonly near: 'earliest' | 'latest';
      readonly plus: number;
      /** Goes into the query as it is. */
      readonly count?: string;
    }
  /** Records that another client writes, outside of a transaction or in one. */
  | {
      readonly kind: 'append' | 'commit' | 'abort';
      readonly topic: string;
      readonly records: readonly OtherRecord[];
    }
  /** Retention: the log begins `plus` offsets later, but not after its end. */
  | {
      readonly kind: 'trim';
      readonly topic: string;
      readonly partition: number;
      readonly plus: number;
    }
  /** Compaction of a topic that was created for it. */
  | { readonly kind: 'compact'; readonly topic: string; readonly partition: number };

export interface Programme {
  readonly seed: number;
  readonly operations: readonly Operation[];
}

/** Returns the operations, one a line, as a person reads them. */
export function print(operations: readonly Operation[]): string {
  return operations.map((operation) => `  ${line(operation)}`).join('\n');
}

function line(operation: Operation): string {
  switch (operation.kind) {
    case 'request': {
      const { method, path, body } = operation;
      return [method, path, ...(body === undefined ? [] : [body])].join(' ');
    }
    case 'read': {
      const { topic, partition, near, plus, count } = operation;
      const from = `${near}${plus < 0 ? ' - ' : ' + '}${Math.abs(plus)}`;
      return `read ${topic}/${partition} from ${from}, count ${count ?? 'not given'}`;
    }
    case 'append':
    case 'commit':
    case 'abort':
      return `${operation.kind} ${operation.topic} ${JSON.stringify(operation.records)}`;
    case 'trim':
      return `trim ${operation.topic}/${operation.partition} by ${operation.plus}`;
    case 'compact':
      return `compact ${operation.topic}/${operation.partition}`;
  }
}
