/** What is wrong with a field of a cluster's definition. */
export type FieldProblem =
  | 'empty'
  | 'not-an-address'
  | 'not-https'
  | 'not-plain-address'
  /** An address of Kafka's own protocol, or of ZooKeeper. */
  | 'kafka-protocol'
  /** Something else that the dialect knows. */
  | 'not-the-proxy'
  | 'not-a-tenant'
  | 'not-a-guid'
  | 'has-blanks'
  | 'has-colon'
  | 'has-control'
  | 'not-absolute'
  | 'not-a-protection'
  | 'not-a-dialect'
  | 'not-a-sign-in'
  | 'has-hidden';

/** Either the value in its normal form, or what is wrong with it. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: FieldProblem; readonly value?: never };
