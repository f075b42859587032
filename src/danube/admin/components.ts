/** Names of the components, as labels and containers have them. */
export const ADMIN = 'admin';
export const ADMIN_UI = 'admin-ui';
export const MCP = 'mcp';
