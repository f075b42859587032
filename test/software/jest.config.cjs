/** Tests with real programs of the machine: `npm run test:software`. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/software'],
  testPathIgnorePatterns: [],
  // Most of the time a test waits for elections, scrapes and timers.
  maxWorkers: 4,
};
