import assert from 'node:assert/strict';
import { SingleFlight } from '../../../../src/core/async/singleFlight';

describe('Work that several callers wait for', () => {
  const reason = new Error('cancelled');

  /** Begins work that runs until `end`, and remembers its signal. */
  function begin() {
    let end: (result: string) => void = () => undefined;
    let signal = AbortSignal.abort();
    const flight = new SingleFlight<string>((given) => {
      signal = given;
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    return {
      flight,
      signal,
      end: (result: string) => {
        end(result);
      },
    };
  }

  it('gives all of them its result', async () => {
    const { flight, end } = begin();
    const callers = [flight.join(), flight.join(new AbortController().signal)];
    end('done');
    assert.deepEqual(await Promise.all(callers), ['done', 'done']);
  });

  it('goes on for the others if one of them leaves', async () => {
    const { flight, signal, end } = begin();
    const abort = new AbortController();
    const leaving = flight.join(abort.signal);
    const staying = flight.join();
    abort.abort(reason);
    await assert.rejects(leaving, reason);
    assert.deepEqual([signal.aborted, flight.aborted], [false, false]);
    end('done');
    assert.equal(await staying, 'done');
  });

  it('is aborted when the last one leaves', async () => {
    const { flight, signal } = begin();
    const abort = new AbortController();
    const callers = [flight.join(abort.signal), flight.join(abort.signal)];
    abort.abort(reason);
    for (const caller of callers) await assert.rejects(caller, reason);
    assert.deepEqual([signal.aborted, flight.aborted], [true, true]);
  });
});
