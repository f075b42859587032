/** The objects of danube-admin that can be given labels and annotations. */
export const ADMIN_OBJECTS = [
  'adminService',
  'adminDeployment',
  'adminNetworkPolicy',
  'adminServiceAccount',
  'adminUiConfigMap',
  'adminUiDeployment',
  'adminUiNetworkPolicy',
  'adminUiService',
  'adminUiServiceAccount',
  'ingress',
  'ingressMiddleware',
  'mcpRole',
  'mcpRoleBinding',
  'mcpServiceAccount',
] as const;
