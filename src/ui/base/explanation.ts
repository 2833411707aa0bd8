import type { SetupStep } from './setupGuide';

/** Says why something failed and what to do next. Both are clauses without a full stop. */
export interface Explanation<Step = unknown> {
  readonly reason: string;
  readonly advice: string;
  /** The steps that the advice names or that help most often, the most helpful first. */
  readonly next?: readonly Step[];
}

/**
 * A step that helps after a failure. `words/remedies.ts` makes a button of it if it is known which
 * cluster, topic or task it is about.
 */
export type NextStep =
  | 'addCluster'
  | 'changeProtection'
  /** Looks up in Azure whether the cluster runs. */
  | 'checkInAzure'
  | 'createTopic'
  | 'editCluster'
  | 'enterSecret'
  | 'manageTrust'
  | 'openMessages'
  | 'setSchemaRegistry'
  /** Has the person sign in with whatever their cluster takes its tokens from. */
  | 'signIn'
  | 'startEmulator'
  | 'stopEmulator'
  | 'tryAgain'
  /** Opens a setting, given by its full name. */
  | { readonly setting: string }
  /** Asks anew for a field of the cluster, such as `caFile`. */
  | { readonly field: string }
  /** Opens the set-up guide for Azure at a step. */
  | { readonly guide: SetupStep };
