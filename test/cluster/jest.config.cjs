/** Tests against real Kubernetes API servers: `npm run test:cluster`. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/cluster'],
  testPathIgnorePatterns: [],
  // Most of the time a test waits for controllers.
  maxConcurrency: 8,
  testTimeout: 900_000,
};
