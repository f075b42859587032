const { TestEnvironment } = require('jest-environment-node');

/** Leaves out the tests of a file that come after a failed one: a mutant needs no second. */
module.exports = class UntilFirstFailure extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, test }) {
    this.hasFailed ||= name === 'test_fn_failure';
    if (name === 'test_start' && this.hasFailed) {
      test.mode = 'skip';
    }
  }
};
