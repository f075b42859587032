const path = require('node:path');
const base = require('../../jest.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  rootDir: path.join(__dirname, '..', '..'),
  testEnvironment: path.join(__dirname, 'until-first-failure.cjs'),
  transform: { '^.+\\.ts$': [path.join(__dirname, 'transform.cjs'), { diagnostics: false }] },
};
