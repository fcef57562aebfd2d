import type { DeedClass } from '@sluice/commands'
import type { DetectionTypeSpec } from '@sluice/core'

export type ToolAbuseType =
  | 'TOOL_SHELL_DESTRUCTIVE'
  | 'TOOL_SHELL_REMOTE_EXECUTION'
  | 'TOOL_SHELL_REVERSE_SHELL'
  | 'TOOL_SHELL_EXFILTRATION'
  | 'TOOL_SHELL_PERSISTENCE'
  | 'TOOL_SHELL_PRIVILEGE_ESCALATION'
  | 'TOOL_SHELL_OBFUSCATION'
  | 'TOOL_SQL_DESTRUCTIVE'
  | 'TOOL_SQL_INJECTION'
  | 'TOOL_SENSITIVE_PATH'
  | 'TOOL_SSRF'

const action = { riskDomain: 'AUTONOMOUS_ACTION', dataClassification: 'NONE' } as const
const command = { ...action, riskCategory: 'DANGEROUS_COMMAND' } as const
const query = { ...action, riskCategory: 'DANGEROUS_QUERY' } as const

export const toolAbuseTypes: Readonly<Record<ToolAbuseType, DetectionTypeSpec>> = {
  TOOL_SHELL_DESTRUCTIVE: { message: 'A command that destroys data or stops a system', severity: 'HIGH', ...command },
  TOOL_SHELL_REMOTE_EXECUTION: {
    message: 'A command that fetches or runs what is elsewhere',
    severity: 'HIGH',
    ...command,
  },
  TOOL_SHELL_REVERSE_SHELL: {
    message: 'A command that ties a shell to a connection',
    severity: 'CRITICAL',
    ...command,
  },
  TOOL_SHELL_EXFILTRATION: { message: 'A command that sends or serves files', severity: 'HIGH', ...command },
  TOOL_SHELL_PERSISTENCE: {
    message: 'A command that has something started later or lets someone in',
    severity: 'HIGH',
    ...command,
  },
  TOOL_SHELL_PRIVILEGE_ESCALATION: {
    message: 'A command that starts a shell from a program or takes more rights',
    severity: 'HIGH',
    ...command,
  },
  TOOL_SHELL_OBFUSCATION: { message: 'A command that hides what it runs', severity: 'HIGH', ...command },
  TOOL_SQL_DESTRUCTIVE: { message: 'A statement that destroys data or changes rights', severity: 'HIGH', ...query },
  TOOL_SQL_INJECTION: { message: 'A value made to change the statement it is put into', severity: 'HIGH', ...query },
  TOOL_SENSITIVE_PATH: {
    message: 'A path to secrets or to the system, or out of its folder',
    severity: 'HIGH',
    ...action,
    riskCategory: 'SENSITIVE_ACCESS',
  },
  TOOL_SSRF: {
    message: 'An address within a network or of a metadata service',
    severity: 'HIGH',
    ...action,
    riskCategory: 'SERVER_SIDE_REQUEST',
  },
}

export const typeOf: Readonly<Record<DeedClass, ToolAbuseType>> = {
  'shell.destructive': 'TOOL_SHELL_DESTRUCTIVE',
  'shell.remote-execution': 'TOOL_SHELL_REMOTE_EXECUTION',
  'shell.reverse-shell': 'TOOL_SHELL_REVERSE_SHELL',
  'shell.exfiltration': 'TOOL_SHELL_EXFILTRATION',
  'shell.download': 'TOOL_SHELL_REMOTE_EXECUTION',
  'shell.persistence': 'TOOL_SHELL_PERSISTENCE',
  'shell.privilege-escalation': 'TOOL_SHELL_PRIVILEGE_ESCALATION',
  'shell.obfuscation': 'TOOL_SHELL_OBFUSCATION',
  'sql.destructive': 'TOOL_SQL_DESTRUCTIVE',
  'sql.unbound-write': 'TOOL_SQL_DESTRUCTIVE',
  'sql.privileges': 'TOOL_SQL_DESTRUCTIVE',
  'sql.injection': 'TOOL_SQL_INJECTION',
  'path.sensitive': 'TOOL_SENSITIVE_PATH',
  'path.traversal': 'TOOL_SENSITIVE_PATH',
  'network.metadata': 'TOOL_SSRF',
  'network.private': 'TOOL_SSRF',
  'network.file-url': 'TOOL_SSRF',
  'network.rebinding': 'TOOL_SSRF',
}
