const path = require('node:path');
const { default: tsJest } = require('ts-jest');
const mutants = require('./mutants.cjs');

/**
 * ts-jest, but for the one file of the mutant that the environment variable MUTANT names: that is
 * compiled with the fault in it. The cache key follows from the text, so caches stay right.
 */
const root = path.join(__dirname, '..', '..');
const mutant = mutants.find(({ id }) => id === process.env.MUTANT);

function withFault(source, file) {
  const isHit = mutant !== undefined && path.relative(root, file) === mutant.file;
  return isHit ? source.replace(mutant.find, () => mutant.replace) : source;
}

module.exports = {
  createTransformer(options) {
    const inner = tsJest.createTransformer(options);
    return {
      process: (source, file, ...rest) => inner.process(withFault(source, file), file, ...rest),
      getCacheKey: (source, file, ...rest) =>
        inner.getCacheKey(withFault(source, file), file, ...rest),
    };
  },
};
