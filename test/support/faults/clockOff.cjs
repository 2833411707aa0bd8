// Shifts the clock of the process that preloads it by CLOCK_OFF_MS milliseconds.
const off = Number(process.env['CLOCK_OFF_MS']);

globalThis.Date = new Proxy(Date, {
  construct(RightDate, given, newTarget) {
    const time = given.length === 0 ? [RightDate.now() + off] : given;
    /** @type {unknown} */
    const date = Reflect.construct(RightDate, time, newTarget);
    return /** @type {Date} */ (date);
  },
  get(RightDate, name, receiver) {
    /** @type {unknown} */
    const member = Reflect.get(RightDate, name, receiver);
    return name === 'now' ? () => RightDate.now() + off : member;
  },
});
