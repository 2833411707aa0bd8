/** What went wrong, as a fact that code can act on. The user interface alone turns it into prose. */
export type KafkaErrorKind =
  /** The host name does not resolve. */
  | 'host-not-found'
  /** No connection, or one that broke: refused, unreachable, reset. */
  | 'connection'
  /** The certificate is not trusted, or it has expired. */
  | 'tls'
  /** The certificate is for another host name. */
  | 'tls-name'
  /** An HTTP proxy on the way did not open the tunnel; `status` is its answer. */
  | 'http-proxy-refused'
  /** No connection, or no complete answer, in time. */
  | 'timeout'
  /** Sent, and then cut off or timed out: the proxy may have processed it. */
  | 'unclear'
  /** 401, also with fresh credentials. */
  | 'unauthorized'
  /** 403: the identity is known but not allowed; on HDInsight, not a member of the security group. */
  | 'forbidden'
  /** 404: no such topic, partition or path. */
  | 'not-found'
  /** Any other 4xx: the proxy understood and said no. */
  | 'rejected'
  /** 413, or beyond what one call may carry. */
  | 'too-large'
  /** 429 that outlasted the retries. */
  | 'throttled'
  /** 5xx that outlasted the retries. */
  | 'unavailable'
  /** A redirect that was not followed because it leaves the origin. */
  | 'redirect'
  /** The answer was larger than the configured cap. */
  | 'response-too-large'
  /** The answer is not what the API promises: not JSON, or of another shape. */
  | 'protocol'
  /** Ended here: the client was disposed of, for the cluster has changed or is gone. */
  | 'closed'
  /** The cluster is marked as read-only, so nothing that writes is sent. */
  | 'read-only'
  /** This dialect cannot do it. */
  | 'unsupported'
  /** The CA file cannot be read or holds no certificate. */
  | 'ca-file'
  /** The secret that the sign-in needs is not known for this cluster. */
  | 'secret-missing'
  /** Entra ID: AADSTS7000215. */
  | 'secret-wrong'
  /** Entra ID: AADSTS7000222. */
  | 'secret-expired'
  /** Entra ID: AADSTS700016. */
  | 'client-unknown'
  /** Entra ID: AADSTS90002 and AADSTS900023. */
  | 'tenant-unknown'
  /** Entra ID: AADSTS500011, AADSTS1002012 and AADSTS70011: the scope names no known resource. */
  | 'scope-unknown'
  /** Entra ID refused for another reason, which `detail` gives. */
  | 'sign-in-failed';

export interface KafkaErrorFacts {
  /** The HTTP status, where an answer came. */
  readonly status?: number | undefined;
  /** What the server or the system said: at most 500 characters of plain text. */
  readonly detail?: string | undefined;
  /** The host that was spoken to, to tell the proxy from the authority and from an HTTP proxy. */
  readonly host?: string | undefined;
  /** The way of signing in, where that matters to the one who words the failure. */
  readonly signIn?: string | undefined;
  readonly cause?: unknown;
}

/** A failure of a call to a cluster or its authority: a kind and facts, no prose. */
export class KafkaError extends Error {
  readonly status: number | undefined;
  readonly detail: string;
  readonly host: string | undefined;
  readonly signIn: string | undefined;

  constructor(
    readonly kind: KafkaErrorKind,
    { status, detail = '', host, signIn, cause }: KafkaErrorFacts = {},
  ) {
    super([kind, status, detail].filter(Boolean).join(': '), { cause });
    this.name = 'KafkaError';
    this.status = status;
    this.detail = detail;
    this.host = host;
    this.signIn = signIn;
  }
}
