// Stands in for VS Code's native logger @vscode/spdlog, which only a machine with a compiler can
// build. Without it VS Code writes no log files and its output channels of extensions stay empty.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  #level = 2;
  #plain = false;

  constructor(_type, _name, file) {
    mkdirSync(dirname(file), { recursive: true });
    levels.forEach((name, level) => {
      this[name] = (message) => {
        if (level < this.#level) return;
        const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
        appendFileSync(file, this.#plain ? message : `${time} [${name}] ${message}\n`);
      };
    });
  }

  getLevel() {
    return this.#level;
  }
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

async function createLogger(name, file) {
  return new Logger('rotating', name, file);
}

// One assignment each: that is how Node finds the names that `import` can take from CommonJS.
exports.Logger = Logger;
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
