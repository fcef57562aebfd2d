/** Programs that a system comes with or an administrator installs: known by name, and not expected in a working directory. */
const names: ReadonlySet<string> = new Set(
  `sh bash dash zsh ksh mksh ash csh tcsh fish yash rbash posh busybox toybox
  cat tac head tail less more nl od xxd hexdump hd base32 base64 basenc basez strings cut paste sort uniq uniq join comm diff cmp
  sdiff fold fmt pr expand unexpand rev tr wc tee split csplit column colrm look iconv uuencode uudecode ul shuf sum cksum md5sum
  sha1sum sha256sum cp mv ln rm rmdir mkdir touch install dd truncate shred chmod chown chgrp chattr lsattr setfacl getfacl stat file
  find locate xargs parallel grep egrep fgrep zgrep awk gawk mawk nawk sed ed ex vi vim vimdiff view rvim rview nvim nano pico emacs
  emacsclient joe pg most jq yq xq tar cpio ar zip unzip gzip gunzip zcat bzip2 bunzip2 xz unxz zstd lzma 7z rar gcore
  curl wget nc ncat netcat socat telnet ftp tftp sftp scp ssh ssh-keygen ssh-keyscan ssh-agent ssh-copy-id sshpass rsync openssl gpg
  nmap tcpdump tshark wireshark hping3 ping traceroute mtr dig host nslookup whois finger arp ip ss netstat ifconfig iptables
  iptables-save nft ipset iw iftop ngrep rlogin rsh rexec smbclient
  python python2 python3 perl ruby irb php lua luajit node nodejs deno bun tclsh wish expect julia jjs jrunscript octave rscript ghc
  ghci slsh java javac gcc g++ cc c89 c99 clang make cmake gdb strace ltrace valgrind perf ld ldconfig as nm nasm objdump readelf
  pip pip3 gem bundle bundler npm npx yarn composer cpan easy_install cargo go apt apt-get aptitude dpkg rpm rpmquery rpmdb rpmverify
  rpmbuild yum dnf zypper pacman apk snap opkg brew
  sudo su doas pkexec runuser capsh setcap getcap chroot unshare nsenter env nice ionice nohup setsid timeout stdbuf time watch
  taskset setarch chrt flock choom prlimit logsave script screen tmux start-stop-daemon run-parts run-mailcap run-one rlwrap
  unbuffer pexec multitime softlimit nsswitch cobc
  docker podman kubectl lxc lxd ctr runc crictl systemctl service systemd-run systemd-resolve loginctl journalctl busctl timedatectl
  crontab at batch mount umount losetup swapon fdisk parted mkfs debugfs dmsetup lvm fsck e2fsck blkid
  mysql mysqldump psql pg_dump sqlite3 mongo redis-cli redis mariadb git svn hg cvs man info apropos dmesg date cal uname hostname
  whoami id who w last lastb users groups passwd chsh chfn useradd usermod userdel adduser visudo vipw vigr newgrp sg
  ps kill pkill killall top htop free df du ls dir vdir tree pwd echo printf yes seq factor tset reset dialog whiptail
  tftpd atobm awk aspell ascii-xfr ascii85 agetty alpine ansible-playbook ansible-test aria2c arj ab bc dc bconsole bpftrace bridge
  byebug cdist certbot check_by_ssh check_cups check_log check_memory check_raid check_ssl_cert check_statusfile clamscan cowsay
  cowthink cpulimit crash csvtool cupsfilter dmidecode dosbox dotnet dstat dvips eb efax elvish enscript eqn espeak exiftool
  facter finger genie genisoimage gimp ginsh grc gtester hping highlight ispell ionice jtag kismet knife ksshell latex latexmk
  ldapsearch lftp links lp lualatex luatex lwp-download lwp-request mail mailx mawk minicom mosquitto msgattrib msgcat msgconv
  msgfilter msgmerge msguniq mypy nasm ncdu ncftp neofetch nfs ntpdate nroff troff groff octave openvpn openvt pandoc pax pdb
  pdflatex pdftex perlbug pexec pic pidstat pkg pry psad psftp ptx puppet pwsh rake rc readelf restic rpmverify rtorrent
  sash scanmem scrot setlock shred sqlmap ss ssconvert soelim sysctl tasksh tbl tcsh tdbtool terraform tex tic tmate torify
  troff ul uuencode vagrant varnishncsa volatility w3m wall xargs xdg-user-dir xdotool xelatex xetex xmodmap xmore xpad xxd
  zathura zip zsh zsoelim tdbtool node`.split(/\s+/),
)

export function isSystemProgram(program: string): boolean {
  return names.has(program) || (/\d$/.test(program) && names.has(program.replace(/[\d.]+$/, '')))
}
