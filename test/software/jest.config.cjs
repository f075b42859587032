/** Tests with real programs of the machine: `npm run test:software`. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/software'],
  testPathIgnorePatterns: [],
};
