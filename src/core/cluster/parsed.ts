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
  | 'not-a-header'
  /** A header that the sign-in or HTTP itself sets. */
  | 'header-reserved'
  | 'header-twice'
  | 'not-a-header-value'
  /** Not a private key in PEM. */
  | 'not-a-key'
  /** Not a kind of managed identity. */
  | 'not-an-identity'
  | 'not-a-protection'
  | 'not-a-dialect'
  | 'not-an-isolation'
  | 'not-a-sign-in'
  | 'not-a-scope'
  | 'not-an-option'
  | 'not-a-resource'
  | 'has-hidden'
  /** A text that no header can carry as a token. */
  | 'not-a-token'
  /** A secret whose time is over. */
  | 'expired';

/** Either the value in its normal form, or what is wrong with it. */
export type Parsed<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly problem: FieldProblem; readonly value?: never };

/** Why a valid value of a field is likely to be a mistake all the same. */
export type FieldDoubt =
  /** The scheme was written with one slash or none. */
  | 'scheme-mended'
  /** The port is one that brokers and ZooKeeper usually have. */
  | 'kafka-port'
  | 'tenant-as-client'
  /** The ID of a secret in place of its value. */
  | 'secret-id';
