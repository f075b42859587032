// Who only prints charts does not wait for what checks values, packs archives or compares versions.
describe.each(['../../src/index', '../../src/helm/index', '../../src/cli/own-charts'])(
  '%s is imported without',
  (library) => {
    test.each(['ajv', 'ajv-formats', 'tar', 'fflate', 'semver', 'commander', 'cdk8s-plus-28'])(
      '%s',
      (dependency) => {
        jest.isolateModules(() => {
          jest.doMock(dependency, () => {
            throw new Error(`${dependency} is loaded before anything asks for it`);
          });
          expect(() => jest.requireActual<object>(library)).not.toThrow();
        });
      },
    );
  },
);
