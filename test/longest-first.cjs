const { default: Sequencer } = require('@jest/test-sequencer');

/** They take a minute each, or more. Begun last, one of them would keep a single core busy. */
const LONGEST = [
  'test/danube/core/equality',
  'test/danube/connectors/',
  'test/danube/immutable-leaves',
  'test/package/packed-package',
  'test/examples/pipelines',
  'test/software/package/',
  'test/software/etcd/member-check',
  'test/cluster/newest',
  'test/cluster/oldest',
];

/** The files of tests that take longest, then the others as jest orders them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = LONGEST.findIndex((part) => path.includes(part));
      return rank < 0 ? LONGEST.length : rank;
    };
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
  }
};
