# Sourced by ./run, ./check and tests/with_postgres: finds Python, installs what is missing, says what it does. Safe to run again.
# The site's libraries are installed by apt where we may (root or sudo); everything else is unpacked under .venv.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ENV_DIR="$ROOT/.venv" PYTHON="$ROOT/.venv/bin/python" SYSTEM="$ROOT/.venv/system"
UV=uv==0.13.9
PIP=pip-26.3-py3-none-any.whl PIP_SHA256=f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13

# Python keeps what it compiles, whatever the shell says: each process that starts (a worker, a drawing, a test's server) is
# some two seconds quicker. The service, which may not write here, finds it compiled by ./run --no-serve.
unset PYTHONDONTWRITEBYTECODE

say() { printf '· %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }
first() { local path; for path in "$@"; do if [ -e "$path" ]; then echo "$path"; return; fi; done; }

# --- Python -----------------------------------------------------------------------------------------------------------

find_python() {
  local name
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$name"; return
    fi
  done
  fail "需要 Python 3.11 或更新版本。请执行：apt-get install python3"
}

environment() { # .venv, made without pip: pip runs from its wheel, so python3-venv is not needed
  "$PYTHON" -c '' 2>/dev/null && return
  local base; base=$(find_python)
  say "建立 Python 环境 .venv"
  rm -rf "$ENV_DIR"
  "$base" -m venv --without-pip "$ENV_DIR" >/dev/null 2>&1 || fail "不能建立 Python 环境。请执行：apt-get install python3-venv"
}

pip_wheel() { # prints where pip is: inside Python, Debian's, or brought by us
  local bundled
  bundled=$("$PYTHON" -c 'import ensurepip, os; print(os.path.dirname(ensurepip.__file__))' 2>/dev/null) || true
  first "$bundled"/_bundled/pip-*.whl "$ENV_DIR/$PIP" {,"$SYSTEM"}/usr/share/python-wheels/pip-*.whl \
    ${WHEELHOUSE:+"$WHEELHOUSE"/pip-*.whl}
}

fetch_pip() { # takes the one pinned wheel from the index that pip's own configuration names
  "$PYTHON" - "$ENV_DIR/$PIP" "$PIP_SHA256" >>"$ENV_DIR/pip.log" 2>&1 <<'END'
import configparser, hashlib, os, pathlib, re, ssl, sys, urllib.parse, urllib.request
target, wanted = pathlib.Path(sys.argv[1]), sys.argv[2]
config = configparser.RawConfigParser()
home = pathlib.Path.home()
config.read(["/etc/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf", os.environ.get("PIP_CONFIG_FILE", "")])
setting = lambda name: os.environ.get("PIP_" + name.upper().replace("-", "_")) or config.get("global", name, fallback="")
bundles = [setting("cert"), "/etc/ssl/certs/ca-certificates.crt"]
trust = ssl.create_default_context(cafile=next(filter(os.path.exists, bundles), None))
get = lambda url: urllib.request.urlopen(url, timeout=20, context=trust).read()
page = (setting("index-url") or sys.exit("no index configured: pip comes from apt")).rstrip("/") + "/pip/"
link = next(link for link in re.findall(r'href="([^"#]+)', get(page).decode()) if link.endswith(target.name))
data = get(urllib.parse.urljoin(page, link))
if hashlib.sha256(data).hexdigest() != wanted:
    sys.exit(f"{link}: not the file we know")
target.write_bytes(data)
END
}

pip() { PYTHONPATH=$(pip_wheel) "$PYTHON" -m pip --disable-pip-version-check "$@"; }

pip_package() { # lock files…: prints Debian's package of pip, where pip is needed and not to be had otherwise
  installed "$@" || [ -n "$(pip_wheel)" ] || fetch_pip || echo python3-pip-whl
}

pip_setting() { pip config list | sed -n "s/.*\.$1='\(.*\)'/\1/p" | tail -n 1; }

with_uv() { # arguments of `pip install`: the same by uv, many times faster, from the index and with the trust that pip has
  [ -x "$ENV_DIR/bin/uv" ] || pip install -q "$UV" || return 1
  local index cert; index=$(pip_setting index-url) cert=${SSL_CERT_FILE:-$(pip_setting cert)}
  cert=${cert:-$(first /etc/ssl/certs/ca-certificates.crt)}
  env ${cert:+SSL_CERT_FILE="$cert"} "$ENV_DIR/bin/uv" pip install -q --python "$PYTHON" ${index:+--default-index "$index"} "$@"
}

lock_sum() { cat "$@" | sha256sum | cut -d' ' -f1; }
installed() { grep -qs "$(lock_sum "$@")" "$ENV_DIR/installed"; }

python_packages() { # lock files…: install exactly what they say, once
  installed "$@" && return
  [ -n "$(pip_wheel)" ] || fail "没有 pip，也取不到。请管理员执行：apt-get install python3-pip-whl（记录见 .venv/pip.log）"
  say "安装 Python 软件包（按 $* 锁定的版本与校验值）"
  local sum; sum=$(lock_sum "$@")
  set -- --require-hashes $(printf -- '-r %s ' "$@")
  if [ -n "${WHEELHOUSE:-}" ]; then # a folder made by ./wheelhouse: nothing is asked of any network
    pip install -q --no-index --find-links "$WHEELHOUSE" "$@" >>"$ENV_DIR/pip.log" 2>&1 ||
      fail "文件夹 $WHEELHOUSE 里的软件包不全，或者不是给这个 Python（$("$PYTHON" -V)）的：$(tail -n 1 "$ENV_DIR/pip.log")"
    echo "$sum" >>"$ENV_DIR/installed"
    return
  fi
  { with_uv "$@" || pip install -q "$@"; } >>"$ENV_DIR/pip.log" 2>&1 ||
    fail "Python 软件包安装失败，请检查网络或 pip 的设置后重试（记录见 .venv/pip.log）。"
  echo "$sum" >>"$ENV_DIR/installed"
}

# --- Packages of the system -------------------------------------------------------------------------------------------

APT=(apt-get -q -y -o Acquire::Retries=1 -o Acquire::http::Timeout=15 -o DPkg::Lock::Timeout=60)

apt_install() { # packages…: into the machine, where we may
  local root=(sudo -n)
  [ "$(id -u)" != 0 ] || root=()
  "${root[@]}" true 2>/dev/null || return 1
  say "安装系统软件包：$*"
  { "${root[@]}" "${APT[@]}" update
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive "${APT[@]}" install --no-install-recommends "$@"; } >>"$ENV_DIR/apt.log" 2>&1
}

apt_unpack() { # packages…: with all they need that the machine lacks, under .venv/system; needs no rights, changes nothing else
  local private="$ENV_DIR/apt" apt
  apt=("${APT[@]}" -o "Dir::State=$private" -o "Dir::Cache=$private" -o Dir::State::status=/var/lib/dpkg/status
    -o Debug::NoLocking=yes -o APT::Sandbox::User=root -o Acquire::Languages=none)
  say "解包系统软件包到 .venv（不改动系统）：$*"
  mkdir -p "$private"/{lists,archives}/partial "$SYSTEM"
  { "${apt[@]}" update; "${apt[@]}" install --download-only --no-install-recommends "$@"; } >>"$ENV_DIR/apt.log" 2>&1 || return 1
  find "$private/archives" -name '*.deb' -print0 | xargs -0 -P 2 -I{} dpkg -x {} "$SYSTEM" || return 1
  rm -rf "$private"
  use_unpacked
}

use_unpacked() { # let programs find what apt_unpack brought, and tell tests where the browser and PostgreSQL are
  if [ -d "$SYSTEM" ]; then
    local folders; folders=$(ls -d "$SYSTEM"/{,usr/}lib/*-linux-gnu*{,/pulseaudio} 2>/dev/null | paste -sd: || true)
    printf '<fontconfig><dir>/usr/share/fonts</dir><dir>%s/usr/share/fonts</dir><cachedir>%s/fontconfig</cachedir></fontconfig>' \
      "$SYSTEM" "$ENV_DIR" >"$SYSTEM/fonts.conf"
    export LD_LIBRARY_PATH="$folders${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$SYSTEM/fonts.conf"
    own_certificates
  fi
  export BROWSER_PATH=${BROWSER_PATH:-$(first /usr/bin/chromium "$SYSTEM/usr/lib/chromium/chromium")}
  export POSTGRES_BIN=${POSTGRES_BIN:-$(ls -d {,"$SYSTEM"}/usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
}

own_certificates() { # where the machine has none, those that came with pip
  if [ -e /etc/ssl/certs/ca-certificates.crt ] || ! [ -d "$SYSTEM/usr/share/ca-certificates" ]; then return; fi
  find "$SYSTEM/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$SYSTEM/certificates.pem"
  export SSL_CERT_FILE=${SSL_CERT_FILE:-$SYSTEM/certificates.pem} PIP_CERT=${PIP_CERT:-$SYSTEM/certificates.pem}
}

unloadable() { # library package…: prints the packages of those libraries that no program here could load
  "$PYTHON" - "$@" <<'END'
import ctypes, sys
for library, package in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
END
}

pdf_packages() { # prints what WeasyPrint needs and cannot load
  unloadable libpango-1.0.so.0 libpango-1.0-0 libpangoft2-1.0.so.0 libpangoft2-1.0-0 libharfbuzz-subset.so.0 libharfbuzz-subset0
}

check_packages() { # prints what the checks need besides: the browser, a Chinese font to look at, PostgreSQL
  [ -x "$BROWSER_PATH" ] || echo chromium
  unloadable libatomic.so.1 libatomic1 # for Playwright
  [ -n "$(find /usr/share/fonts "$SYSTEM/usr/share/fonts" -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || echo fonts-noto-cjk
  [ -x "$POSTGRES_BIN/initdb" ] || echo postgresql
}

site_packages() { # lock files…: get what the site and the installation of these lock files need from apt, in one go
  local missing failed="$ENV_DIR/apt.failed"
  [ -z "${WHEELHOUSE:-}" ] || return 0
  mapfile -t missing < <(pdf_packages; pip_package "$@")
  if [ ${#missing[@]} = 0 ] || [ -n "$(find "$failed" -mmin -60 2>/dev/null)" ]; then return; fi
  apt_install "${missing[@]}" || apt_unpack "${missing[@]}" ||
    [ -z "$(pip_wheel)" ] || touch "$failed" # the site can do without: not again within the hour, trying costs time
}

check_tools() {
  local missing
  mapfile -t missing < <(check_packages)
  [ ${#missing[@]} = 0 ] || apt_unpack "${missing[@]}" ||
    fail "检查缺少 ${missing[*]}。请管理员执行：apt-get install ${missing[*]}（记录见 .venv/apt.log）"
}

prepare() { # lock files…: the environment, what the site needs, and these Python packages. Sets PDF to yes or no
  environment
  use_unpacked
  site_packages "$@"
  local missing; missing=$(pdf_packages | paste -sd' ') PDF=yes
  if [ -n "$missing" ]; then
    PDF=no
    say "没有 PDF 引擎：网站照常运行，但不能生成 PDF。请管理员执行：apt-get install $missing（记录见 .venv/apt.log）"
  fi
  python_packages "$@"
}
