// Replaces VS Code's native logger @vscode/spdlog, which only a machine with a compiler can build.
// Without it VS Code writes no log files, and the output channels of extensions stay empty.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #level = 2;
  #plain = false;

  /**
   * @param {string} _type
   * @param {string} _name
   * @param {string} file
   */
  constructor(_type, _name, file) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const methods = levels.map((name, level) => {
      /** @param {string} message */
      const write = (message) => {
        if (level < this.#level) return;
        const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
        fs.appendFileSync(file, this.#plain ? message : `${time} [${name}] ${message}\n`);
      };
      return [name, write];
    });
    Object.assign(this, Object.fromEntries(methods));
  }

  getLevel() {
    return this.#level;
  }
  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#plain = true;
  }
  setPattern() {}
  flush() {}
  drop() {}
}

/**
 * @param {string} name
 * @param {string} file
 */
function createLogger(name, file) {
  return Promise.resolve(new Logger('rotating', name, file));
}

// Each name has its own assignment, because otherwise Node does not offer it to `import`.
exports.Logger = Logger;
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
