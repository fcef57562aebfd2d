/** Lower case. Without one of them `judgeSql` finds nothing: the words of statements, and what broken quotes and calls need. */
export const sqlLiterals: readonly string[] = [
  ...['drop', 'truncate', 'delete', 'update', 'alter', 'grant', 'revoke', 'create', 'merge', 'shutdown', 'insert'],
  ...['detach', 'set', 'exec', 'select', 'union', 'waitfor', 'copy', 'load', 'procedure', 'declare', 'order', 'group'],
  ...["'", '"', '`', '\u2018', '\u2019', '\u00b4', '(', '$', '/*', 'or', 'and', '||', '&&', 'having', 'dbms_', 'utl_'],
  ...[
    'xp_',
    'sp_',
    'into',
    'outfile',
    'openrowset',
    'information_schema',
    'pg_',
    'sqlite_',
    'sysobjects',
    'syscolumns',
  ],
  ...['sys.', 'mysql.', 'msys', 'all_tab', 'master.', 'v$', 'tempdb', 'northwind', 'db_name', 'schema_name', '@@'],
  ...['openquery', 'flushall', 'flushdb', '/_all', '/*', 'like', 'when', ' as ', 'char'],
]
