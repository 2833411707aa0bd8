// Preloaded into a process, it puts that process's clock off by CLOCK_OFF_MS milliseconds.
const off = Number(process.env.CLOCK_OFF_MS);
const RightDate = Date;

globalThis.Date = class extends RightDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RightDate.now() + off] : given));
  }

  static now() {
    return RightDate.now() + off;
  }
};
