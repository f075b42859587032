/** kube-linter, which has to be on the PATH: `npm run kube-linter`. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: '../..',
  roots: ['<rootDir>/test/kube-linter'],
  testPathIgnorePatterns: [],
};
