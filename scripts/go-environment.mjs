/** For a build that takes this machine's Go, and nothing else of its settings. */
export const GO_ENVIRONMENT = {
  ...process.env,
  GOTOOLCHAIN: 'local',
  GOFLAGS: '',
  GOWORK: 'off',
  CGO_ENABLED: '0',
};
