import type { Backend } from '../backend';
import { type ConfluentOptions, ConfluentRest } from './confluent/confluentRest';
import type { Face } from './face';
import { RestProxy } from './hdinsight/restProxy';
import type { KarapaceFaults } from './karapace/consumers';
import { KarapaceProxy } from './karapace/karapaceProxy';
import { RedpandaProxy } from './redpanda/redpandaProxy';
import { type BridgeWaits, StrimziBridge } from './strimzi/strimziBridge';
import { bridgeVersions } from './strimzi/versions';

/** What some of the faces can be told. */
export interface FaceOptions {
  /**
   * HDInsight: whether records come as `{"records": [...]}`, as the documentation's sample program
   * reads them (the default), or as a bare array, as its reference says.
   */
  readonly answer?: 'array' | 'object' | undefined;
  /** Strimzi: how long the bridge waits for what is not there; default: as long as the real one. */
  readonly waits?: BridgeWaits | undefined;
  /** Karapace: which of its faults show; default: all. */
  readonly faults?: KarapaceFaults | undefined;
  readonly confluent?: ConfluentOptions | undefined;
}

/** A kind of REST proxy that the emulator can be. */
export interface FaceKind {
  /** The dialect that the setting `kafkaRest.clusters` names for it. */
  readonly dialect: string;
  /** Returns the path at which the API begins, without a slash at its end. Missing: the root. */
  readonly path?: (options: FaceOptions) => string;
  readonly open: (backend: Backend, options: FaceOptions) => Face;
  /** Whether the API carries text alone, so that the sample topics hold no bytes and no headers. */
  readonly isText?: boolean;
}

/** The faces by the name that the option `--face` takes, in the order of the client's dialects. */
export const faces = {
  hdinsight: {
    dialect: 'hdinsight-v1',
    open: (backend, { answer = 'object' }) => new RestProxy(backend, { answer }),
    isText: true,
  },
  strimzi: {
    dialect: 'strimzi',
    open: (backend, { waits }) => new StrimziBridge(backend, bridgeVersions['1.1.0'], waits),
  },
  'strimzi-0.33': {
    dialect: 'strimzi',
    open: (backend, { waits }) => new StrimziBridge(backend, bridgeVersions['0.33.1'], waits),
  },
  karapace: {
    dialect: 'karapace',
    open: (backend, { faults }) => new KarapaceProxy(backend, faults),
  },
  confluent: {
    dialect: 'confluent',
    path: ({ confluent }) => confluent?.path ?? '',
    open: (backend, { confluent }) => new ConfluentRest(backend, confluent),
  },
  redpanda: { dialect: 'redpanda', open: (backend) => new RedpandaProxy(backend) },
} as const satisfies Readonly<Record<string, FaceKind>>;

export type FaceName = keyof typeof faces;

export const faceNames: readonly FaceName[] = Object.keys(faces).filter(
  (name): name is FaceName => name in faces,
);
