import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** A request of MSAL. */
export interface MsalRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Sends the requests of MSAL in a way of its own, and remembers why the last one failed. */
export abstract class MsalRequests implements INetworkModule {
  /** Why the last request failed. MSAL's own errors hold little of it. */
  failure: unknown;

  async sendGetRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    return this.#send<T>('GET', url, options);
  }

  async sendPostRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    return this.#send<T>('POST', url, options);
  }

  protected abstract send<T>(request: MsalRequest): Promise<NetworkResponse<T>>;

  async #send<T>(
    method: MsalRequest['method'],
    address: string,
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    this.failure = undefined;
    try {
      return await this.send<T>({ method, url: new URL(address), headers, body });
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
