/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // They need programs of the machine: npm run test:software, test:cluster, kube-linter.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(software|cluster|kube-linter)/'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  // Examples import the package by its name; here that is the source.
  moduleNameMapper: {
    '^cdk8s-danube$': '<rootDir>/src',
    '^cdk8s-danube/helm$': '<rootDir>/src/helm',
  },
  setupFiles: ['<rootDir>/test/fixed-seed.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/real-helm/stop-helm-servers.ts'],
  testTimeout: 600_000,
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // Half of their time they wait for Helm.
  maxWorkers: '100%',
  // The heaps of long runs make each start of a process slow.
  workerIdleMemoryLimit: '1GB',
};
