// Tries only a part of what `npm run test:torture` does; see ./sample.ts.
process.env['TORTURE'] = 'sample';
