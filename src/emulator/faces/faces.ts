import type { Backend } from '../backend';
import type { Face } from './face';
import { RestProxy } from './hdinsight/restProxy';

/** What some of the faces can be told. */
export interface FaceOptions {
  /**
   * HDInsight: whether records come as `{"records": [...]}`, as the documentation's sample program
   * reads them (the default), or as a bare array, as its reference says.
   */
  readonly answer?: 'array' | 'object' | undefined;
}

/** A kind of REST proxy that the emulator can be. */
export interface FaceKind {
  /** The dialect that the setting `kafkaRest.clusters` names for it. */
  readonly dialect: string;
  readonly open: (backend: Backend, options: FaceOptions) => Face;
}

/** The faces by the name that the option `--face` takes. */
export const faces = {
  hdinsight: {
    dialect: 'hdinsight-v1',
    open: (backend, { answer = 'object' }) => new RestProxy(backend, { answer }),
  },
} as const satisfies Readonly<Record<string, FaceKind>>;

export type FaceName = keyof typeof faces;

export const faceNames: readonly FaceName[] = Object.keys(faces).filter(
  (name): name is FaceName => name in faces,
);
