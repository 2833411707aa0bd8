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

/** Finds out once which APIs there are. */
export class ApiFinder {
  #flight: SingleFlight<Apis> | undefined;
  #found: Apis | undefined;

  constructor(
    private readonly access: ProxyAccess,
    private readonly v2: V2Wire,
    private readonly clusterId: string,
    private readonly whenFound: (apis: Apis) => void,
  ) {}

  /**
   * Returns the APIs. Rejects with the failure of API v3 if neither is there: with kind `not-found`
   * and the detail `NO_API` if the paths of both are unknown.
   */
  async find({ signal }: CallOptions = {}): Promise<Apis> {
    signal?.throwIfAborted();
    if (this.#found) return this.#found;
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
    const [v3, v2] = await Promise.all([
      unlessAbsent(this.#cluster({ signal })),
      unlessAbsent(this.v2.brokerIds({ signal }).then(() => this.v2)),
    ]);
    const apis = pair(v3, v2);
    this.#found = apis;
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

async function unlessAbsent<T extends object>(api: Promise<T>): Promise<T | KafkaError> {
  try {
    return await api;
  } catch (error) {
    if (error instanceof KafkaError && ABSENT.includes(error.kind)) return error;
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
