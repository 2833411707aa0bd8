import { SingleFlight } from '../../async/singleFlight';
import { KafkaError, type KafkaErrorKind } from '../../errors';
import type { CallOptions } from '../../kafka';
import type { ProxyAccess } from '../dialect';
import type { V2Wire } from '../v2/wire';
import { clusterIds, V3Wire } from './v3Wire';

/** The APIs that a proxy offers; at least one of them. */
export type Apis =
  | { readonly v3: V3Wire; readonly v2: V2Wire }
  | { readonly v3: V3Wire; readonly v2: undefined }
  | { readonly v3: undefined; readonly v2: V2Wire };

/** The detail of the error that says that neither API is there. */
export const NO_API = 'no-api';

/** Failures that show that an API is switched off, or not open to this client. */
const ABSENT: readonly KafkaErrorKind[] = ['not-found', 'rejected', 'forbidden', 'protocol'];

/**
 * How long an API counts as absent before it is asked for again, in milliseconds: what answered may
 * have been a gateway, or a permission may have come since.
 */
const ABSENT_MS = 60_000;

/** Finds out which APIs there are. */
export class ApiFinder {
  #flight: SingleFlight<Apis> | undefined;
  #found: Apis | undefined;
  /** Until when `#found` holds, by `performance.now()`. */
  #until = 0;

  constructor(
    private readonly access: ProxyAccess,
    private readonly v2: V2Wire,
    private readonly clusterId: string,
    private readonly whenFound: (apis: Apis) => void,
  ) {}

  /** The APIs that were found last. */
  get known(): Apis | undefined {
    return this.#found;
  }

  /**
   * Returns the APIs, of which one that was absent is asked for again after a while. Rejects with the
   * failure of API v3 if neither is there: with kind `not-found` and the detail `NO_API` if the paths
   * of both are unknown.
   */
  async find({ signal }: CallOptions = {}): Promise<Apis> {
    signal?.throwIfAborted();
    if (this.#found && performance.now() < this.#until) return this.#found;
    if (!this.#flight || this.#flight.aborted) {
      const flight = new SingleFlight((end) => this.#ask(end));
      this.#flight = flight;
    }
    const flight = this.#flight;
    try {
      return await flight.join(signal);
    } finally {
      if (this.#flight === flight) this.#flight = undefined;
    }
  }

  async #ask(signal: AbortSignal): Promise<Apis> {
    const known = this.#found;
    const [v3, v2] = await Promise.all([
      known?.v3 ?? unlessAbsent(this.#cluster({ signal }), known),
      known?.v2 ??
        unlessAbsent(
          this.v2.brokerIds({ signal }).then(() => this.v2),
          known,
        ),
    ]);
    const apis = pair(v3, v2);
    this.#found = apis;
    this.#until = apis.v2 && apis.v3 ? Infinity : performance.now() + ABSENT_MS;
    this.whenFound(apis);
    return apis;
  }

  async #cluster(options: CallOptions): Promise<V3Wire> {
    if (this.clusterId !== '') {
      const wire = new V3Wire(this.access, this.clusterId);
      await wire.get([], options, () => undefined);
      return wire;
    }
    const [id] = await clusterIds(this.access, options);
    if (id === undefined) throw new KafkaError('protocol', { detail: 'no cluster' });
    return new V3Wire(this.access, id);
  }
}

/** Returns the failure of an API that is absent. Where another is `known`, any failure will do. */
async function unlessAbsent<T extends object>(
  api: Promise<T>,
  known: Apis | undefined,
): Promise<T | KafkaError> {
  try {
    return await api;
  } catch (error) {
    if (error instanceof KafkaError && (known || ABSENT.includes(error.kind))) return error;
    throw error;
  }
}

function pair(v3: V3Wire | KafkaError, v2: V2Wire | KafkaError): Apis {
  if (!(v3 instanceof KafkaError)) {
    return v2 instanceof KafkaError ? { v3, v2: undefined } : { v3, v2 };
  }
  if (!(v2 instanceof KafkaError)) return { v3: undefined, v2 };
  if (v3.kind !== 'not-found' || v2.kind !== 'not-found') throw v3.kind === 'not-found' ? v2 : v3;
  const { status, host, dialect } = v3;
  throw new KafkaError('not-found', { status, host, dialect, detail: NO_API });
}
