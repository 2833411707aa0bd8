import type { AzureOrigin } from './azureOrigin';

/** What went wrong, as a fact that code can act on. Only the user interface turns it into prose. */
export type KafkaErrorKind =
  /** The host name does not resolve. */
  | 'host-not-found'
  /** No connection, or one that broke: refused, unreachable, reset. */
  | 'connection'
  /** The certificate is not trusted, or it has expired. */
  | 'tls'
  /** The certificate is for another host name. */
  | 'tls-name'
  /** An HTTP proxy in between did not open the tunnel; `status` is its response. */
  | 'http-proxy-refused'
  /** No connection, or no complete response, in time. */
  | 'timeout'
  /** The request was sent, and then cut off or timed out: the REST proxy may have processed it. */
  | 'unclear'
  /** 401, even with fresh credentials. */
  | 'unauthorized'
  /** 403: the identity is known but not allowed. */
  | 'forbidden'
  /** 404: no such topic, partition or path. */
  | 'not-found'
  /** Any other 4xx: the proxy understood the request and refused it. */
  | 'rejected'
  /** 413, or more than one call may carry. */
  | 'too-large'
  /** 429 that outlasted the retries. */
  | 'throttled'
  /** 5xx that outlasted the retries. */
  | 'unavailable'
  /** A redirect that was not followed, for example because it leaves the origin. */
  | 'redirect'
  /** The response was larger than the configured limit. */
  | 'response-too-large'
  /** The response does not match the API: it is not JSON or has another shape. */
  | 'protocol'
  /** Ended on this side: the client was disposed of, because the cluster has changed or is gone. */
  | 'closed'
  /** The cluster is marked as read-only, so nothing that writes is sent. */
  | 'read-only'
  /** The dialect does not support the call. */
  | 'unsupported'
  /** The dialect does not tell which offsets partitions hold; `detail` names the partitions. */
  | 'offsets-unknown'
  /** The CA file cannot be read or holds no certificate. */
  | 'ca-file'
  /** The client certificate or its key cannot be read, or they do not fit together. */
  | 'client-certificate-unusable'
  /** The server asks for a client certificate, and does not accept what it got. */
  | 'client-certificate-refused'
  /**
   * A certificate or token by which a person or program signs in is not valid now; `detail` is the
   * ISO date at which it expired, or at which it will become valid.
   */
  | 'credential-expired'
  /**
   * A file or text by which a person or program signs in cannot be read or used; `detail` says why.
   */
  | 'credential-unusable'
  /** The clock of this computer is too far off for the service that signs in. */
  | 'clock-off'
  /** Nobody has agreed that the application may use the REST proxy or service: AADSTS65001. */
  | 'consent-missing'
  /** The service wants to see the person: a second factor, a new password, a managed device. */
  | 'interaction-required'
  /** Nobody is signed in to the program or account that is to provide the token. */
  | 'signed-out'
  /** The program that is to provide the token is not there; `detail` is its path or name. */
  | 'program-missing'
  /** This computer has no managed identity, or not the one that is wanted. */
  | 'identity-missing'
  /** The way of signing in is allowed only in workspaces that the person trusts. */
  | 'workspace-untrusted'
  /** The secret that the sign-in needs was not entered for this cluster. */
  | 'secret-missing'
  /** VS Code's secret storage fails, such as when the keyring is locked; `detail` says how. */
  | 'secrets-locked'
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
  /** The HTTP status, if there was a response. */
  readonly status?: number | undefined;
  /** The message of the server or the system: at most 500 characters of plain text. */
  readonly detail?: string | undefined;
  /**
   * The host that was contacted. It distinguishes the REST proxy, the authority and an HTTP proxy.
   */
  readonly host?: string | undefined;
  /** The size of a request that is too large, or the limit that a response exceeds, in bytes. */
  readonly bytes?: number | undefined;
  /** The way of signing in, if the wording of the failure depends on it. */
  readonly signIn?: string | undefined;
  /** The field or secret of the sign-in to check first, if that does not follow from the kind. */
  readonly field?: string | undefined;
  /** The dialect of the REST proxy that responded, if the wording of the failure depends on it. */
  readonly dialect?: string | undefined;
  /** The resource in Azure that the cluster was found as, if that may explain the failure. */
  readonly azure?: AzureOrigin | undefined;
  readonly cause?: unknown;
}

/** A failure of a call to a cluster or its authority: a kind and facts, no prose. */
export class KafkaError extends Error {
  readonly status: number | undefined;
  readonly detail: string;
  readonly host: string | undefined;
  readonly bytes: number | undefined;
  readonly signIn: string | undefined;
  readonly field: string | undefined;
  readonly dialect: string | undefined;
  readonly azure: AzureOrigin | undefined;

  constructor(
    readonly kind: KafkaErrorKind,
    {
      status,
      detail = '',
      host,
      bytes,
      signIn,
      field,
      dialect,
      azure,
      cause,
    }: KafkaErrorFacts = {},
  ) {
    super([kind, status, detail].filter(Boolean).join(': '), { cause });
    this.name = 'KafkaError';
    this.status = status;
    this.detail = detail;
    this.host = host;
    this.bytes = bytes;
    this.signIn = signIn;
    this.field = field;
    this.dialect = dialect;
    this.azure = azure;
  }

  /** Returns an equal error that is another object, with some facts added. */
  copy(added: KafkaErrorFacts = {}): KafkaError {
    const { kind, status, detail, host, bytes, signIn, field, dialect, azure, cause } = this;
    const facts = { status, detail, host, bytes, signIn, field, dialect, azure, cause };
    return new KafkaError(kind, { ...facts, ...added });
  }
}
