import type { Deed } from '../deed.ts'

export interface SensitivePath {
  readonly rule: string
  readonly severity: Deed['severity']
  readonly confidence: number
  /** Over a path in lower case with `/` between its parts, without `.`, `..` and empty parts. */
  readonly pattern: RegExp
}

/** Files that hold secrets or rule a machine, as operating systems and the tools themselves document them. */
export const sensitivePaths: readonly SensitivePath[] = [
  {
    rule: 'system-accounts',
    severity: 'HIGH',
    confidence: 0.9,
    pattern: /(?:^|\/)etc\/(?:g?shadow-?|sudoers(?:\.d)?|master\.passwd|security\/passwd|opasswd)(?:$|[/.~-])/,
  },
  {
    rule: 'system-accounts',
    severity: 'MEDIUM',
    confidence: 0.8,
    pattern: /(?:^|\/)etc\/(?:passwd|group|sub[ug]id)-?(?:$|\.|~)/,
  },
  {
    rule: 'system-configuration',
    severity: 'LOW',
    confidence: 0.5,
    pattern:
      /(?:^|\/)etc\/(?:hosts|fstab|crontab|cron\.[a-z]+|issue|resolv\.conf|ld\.so\.preload|pam\.d|ssh\/(?:sshd_config|ssh_host_[a-z0-9_]+)|ssl\/private|kubernetes|krb5\.(?:keytab|conf)|nginx\/.+|apache2?\/.+|httpd\/.+|mysql\/.+|my\.cnf|motd|profile|environment)(?:$|\/)/,
  },
  {
    rule: 'ssh-key',
    severity: 'HIGH',
    confidence: 0.9,
    pattern: /(?:^|\/)(?:\.ssh\/)?(?:id_(?:rsa|dsa|ecdsa|ed25519|xmss)(?:_sk)?)$/,
  },
  {
    rule: 'ssh-key',
    severity: 'HIGH',
    confidence: 0.85,
    pattern: /(?:^|\/)\.ssh\/(?:authorized_keys2?|identity|[\w.-]*key|\*.*)$|(?:^|\/)ssh_host_\w+_key$/,
  },
  {
    rule: 'ssh-directory',
    severity: 'MEDIUM',
    confidence: 0.5,
    pattern: /(?:^|\/)\.ssh(?:\/(?:config|known_hosts))?$/,
  },
  {
    rule: 'cloud-credentials',
    severity: 'HIGH',
    confidence: 0.9,
    pattern:
      /(?:^|\/)(?:\.aws\/(?:credentials|sso\/cache.*|cli\/cache.*)|\.azure\/(?:credentials|accesstokens\.json|azureprofile\.json|msal_token_cache.*)|(?:\.config\/)?\.?gcloud\/(?:credentials(?:\.db|\.json)?|application_default_credentials\.json|access_tokens\.db|legacy_credentials.*)|\.boto|\.oci\/(?:config|.+\.pem)|\.config\/doctl\/config\.ya?ml|\.aliyun\/config\.json|\.bluemix\/config\.json)$/,
  },
  {
    rule: 'cloud-credentials',
    severity: 'MEDIUM',
    confidence: 0.5,
    pattern: /(?:^|\/)(?:\.aws(?:\/config)?|\.azure|\.config\/gcloud|\.gcloud|\.oci)$/,
  },
  {
    rule: 'cluster-credentials',
    severity: 'HIGH',
    confidence: 0.85,
    pattern:
      /(?:^|\/)(?:\.kube\/config|secrets\/kubernetes\.io\/serviceaccount(?:\/(?:token|ca\.crt|namespace))?|kubernetes\/(?:admin|kubelet|controller-manager|scheduler)\.conf|kubernetes\/pki\/.+|rancher\/k3s\/k3s\.yaml|\.docker\/config\.json|\.helm\/.+|containers\/auth\.json)$/,
  },
  {
    rule: 'container-socket',
    severity: 'HIGH',
    confidence: 0.85,
    pattern: /(?:^|\/)run\/(?:docker|containerd\/containerd|crio\/crio|podman\/podman)\.sock$|(?:^|\/)docker\.sock$/,
  },
  {
    rule: 'tool-credentials',
    severity: 'HIGH',
    confidence: 0.8,
    pattern:
      /(?:^|\/)(?:\.git-credentials|\.netrc|_netrc|\.pgpass|\.my\.cnf|\.mylogin\.cnf|\.vault-token|\.terraform\.d\/credentials\.tfrc\.json|\.config\/gh\/hosts\.yml|\.config\/hub|\.cargo\/credentials(?:\.toml)?|\.gem\/credentials|\.m2\/settings(?:-security)?\.xml|\.gradle\/gradle\.properties|\.config\/rclone\/rclone\.conf|\.s3cfg|\.htpasswd|\.claude\/\.credentials\.json|\.codex\/auth\.json|\.config\/gcloud|\.subversion\/auth.*|\.dbeaver.*\/credentials-config\.json)$/,
  },
  {
    rule: 'package-credentials',
    severity: 'MEDIUM',
    confidence: 0.5,
    pattern: /^(?:~|\/.*|.*\/users\/.*|\$home|\$\{home\})\/(?:\.npmrc|\.pypirc|\.yarnrc(?:\.yml)?)$|(?:^|\/)\.pypirc$/,
  },
  { rule: 'package-credentials', severity: 'LOW', confidence: 0.3, pattern: /(?:^|\/)\.npmrc$/ },
  {
    rule: 'environment-file',
    severity: 'LOW',
    confidence: 0.35,
    pattern: /(?:^|\/)\.env(?:\.(?:local|prod(?:uction)?|dev(?:elopment)?|staging|backup|bak|old))?$|(?:^|\/)\.envrc$/,
  },
  {
    rule: 'process',
    severity: 'HIGH',
    confidence: 0.85,
    pattern:
      /(?:^|\/)proc\/(?:self|thread-self|\d+|\*|\$\w+)\/(?:environ|mem|maps|cmdline|fd(?:\/.*)?|root(?:\/.*)?|cwd(?:\/.*)?|status|auxv)$/,
  },
  {
    rule: 'process',
    severity: 'LOW',
    confidence: 0.4,
    pattern:
      /^\/(?:proc\/(?:version|cpuinfo|meminfo|mounts|net\/.*|kcore|sysrq-trigger|sched_debug|self)|sys\/(?:class|kernel|firmware)(?:\/.*)?)$/,
  },
  {
    rule: 'device',
    severity: 'MEDIUM',
    confidence: 0.6,
    pattern: /^\/dev\/(?:mem|kmem|sd[a-z]\d?|nvme\d.*|disk\d.*|vd[a-z]\d?|xvd[a-z]\d?)$/,
  },
  { rule: 'root-home', severity: 'MEDIUM', confidence: 0.5, pattern: /^\/root\/\.?[\w.-]+.*$/ },
  { rule: 'root-home', severity: 'LOW', confidence: 0.35, pattern: /^\/root$/ },
  {
    rule: 'shell-history',
    severity: 'HIGH',
    confidence: 0.75,
    pattern:
      /(?:^|\/)\.(?:bash|zsh|sh|mysql|psql|python|node_repl|rediscli|sqlite|dbshell|mongo|php)_history$|(?:^|\/)consolehost_history\.txt$|(?:^|\/)fish\/fish_history$/,
  },
  {
    rule: 'keychain',
    severity: 'HIGH',
    confidence: 0.8,
    pattern:
      /(?:^|\/)(?:library\/keychains(?:\/.*)?|login\.keychain(?:-db)?|keyrings\/.+|\.gnupg(?:\/.*)?|\.password-store(?:\/.*)?|microsoft\/(?:credentials|protect|vault)(?:\/.*)?|kwalletd\/.*|wallet\.dat|\.bitcoin\/.*|\.ethereum\/keystore.*|.*\.kdbx)$/,
  },
  {
    rule: 'browser-store',
    severity: 'HIGH',
    confidence: 0.8,
    pattern:
      /(?:^|\/)(?:(?:chrome|chromium|brave-browser|edge|microsoft edge|google\/chrome|opera|vivaldi)\/.*(?:login data|cookies|web data|local state|history)|(?:firefox|\.mozilla|mozilla)\/.*(?:logins\.json|key[34]\.db|cookies\.sqlite|places\.sqlite)|logins\.json|key4\.db|cookies\.binarycookies)$/,
  },
  {
    rule: 'windows-accounts',
    severity: 'HIGH',
    confidence: 0.9,
    pattern:
      /(?:^|\/)(?:system32\/config|winnt\/repair|windows\/repair|globalroot\/device\/.+)\/(?:sam|system|security|software|regback.*)(?:$|[/._])|(?:^|\/)ntds\.dit$/,
  },
  {
    rule: 'windows-system',
    severity: 'MEDIUM',
    confidence: 0.75,
    pattern:
      /(?:^|\/)(?:windows|winnt)\/(?:win\.ini|system\.ini|system32\/drivers\/etc\/hosts|panther\/.*unattend.*\.xml|sysprep.*)$|(?:^|\/)(?:boot\.ini|unattend\.xml|sysprep\.inf)$|(?:^|\/)system32\/(?:cmd|powershell)\.exe$/,
  },
  {
    rule: 'web-configuration',
    severity: 'MEDIUM',
    confidence: 0.6,
    pattern:
      /(?:^|\/)(?:web\.config|wp-config\.php(?:\.bak|~)?|\.htaccess|applicationhost\.config|machinekey.*|web-inf\/web\.xml|configuration\.php~?|\.git\/(?:config|head)|\.svn\/entries|\.hg\/hgrc|\.ds_store|tomcat-users\.xml|local_settings\.py)$/,
  },
  {
    rule: 'system-log',
    severity: 'LOW',
    confidence: 0.4,
    pattern:
      /^\/var\/log\/(?:auth\.log|secure|syslog|messages|wtmp|btmp|lastlog|audit\/.*|(?:apache2?|nginx|httpd)\/.*)$/,
  },
  {
    rule: 'backup',
    severity: 'LOW',
    confidence: 0.35,
    pattern: /(?:^|\/)[\w-]+\.(?:sql|db|sqlite3?|mdb|bak)\.(?:zip|gz|tgz|bz2|7z|rar|xz)$/,
  },
]
