import { type Call, type CallResponse, type Handler, HttpError } from '../http';
import type { Authorize } from '../signIn/authorization';

/** The HTTP API of one kind of REST proxy, after authorization. */
export interface Face {
  /** Returns the response to a call, or throws an `HttpError`. */
  handle(call: Call): CallResponse | Promise<CallResponse>;
  /** Returns the response of this kind of proxy to a call that failed. */
  failed(error: HttpError): CallResponse;
  /** Returns the names of the consumer instances that clients have, each as `group/name`. */
  instances?(): readonly string[];
}

/** Returns a handler that gives failures, also those of the authorization, in the face's form. */
export function handlerOf(face: Face, authorize?: Authorize): Handler {
  return async (call) => {
    try {
      authorize?.(call);
      return await face.handle(call);
    } catch (error) {
      if (error instanceof HttpError) return face.failed(error);
      throw error;
    }
  };
}
