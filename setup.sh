# Sourced by ./run and ./check: finds Python, installs what is missing, says what it does. Safe to run again.
# Sets PYTHON (of the environment). `prepare runtime` or `prepare dev` says how much is needed.

say() { printf '· %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

find_python() {
  for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "$name"; return
    fi
  done
  fail "需要 Python 3.11 或更新版本。请执行：apt-get install python3 python3-venv"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}

apt_install() { # packages…: install by apt as root or with sudo; say the line where neither works
  command -v apt-get >/dev/null 2>&1 || { say "没有 apt-get，请用本机的软件包管理器安装：$*"; return 1; }
  say "安装系统软件包：$*"
  { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } \
    >"$ENV_DIR/apt.log" 2>&1 || { say "未能安装，请管理员执行：apt-get install $*（记录见 $ENV_DIR/apt.log）"; return 1; }
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || [ -n "$(find /usr/lib -name "$1*" -print -quit 2>/dev/null)" ]; }

pdf_libraries() {
  local missing=()
  has_library libpango-1.0.so || missing+=(libpango-1.0-0)
  has_library libpangoft2-1.0.so || missing+=(libpangoft2-1.0-0)
  has_library libharfbuzz-subset.so || missing+=(libharfbuzz-subset0)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" || say "PDF 引擎未安装：网站照常运行，但不能生成 PDF。"
}

check_tools() { # the browser of the browser tests, with a Chinese font to look at, and PostgreSQL
  local missing=()
  command -v chromium >/dev/null 2>&1 || missing+=(chromium)
  [ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

python_packages() { # lock files…: install exactly what they say, once
  local stamp="$ENV_DIR/installed" wanted
  wanted=$(cat "$@" | sha256sum | cut -d' ' -f1)
  grep -qs "$wanted" "$stamp" && return
  say "安装 Python 软件包（按 $* 锁定的版本与校验值）"
  if "$PYTHON" -m pip install -q --disable-pip-version-check uv==0.13.9 >"$ENV_DIR/pip.log" 2>&1; then
    set -- $(printf -- '-r %s ' "$@")
    "$ENV_DIR/bin/uv" pip install -q --python "$PYTHON" --require-hashes "$@" || fail "Python 软件包安装失败，请检查网络后重试。"
  else
    set -- $(printf -- '-r %s ' "$@")
    "$PYTHON" -m pip install -q --disable-pip-version-check --require-hashes "$@" || fail "Python 软件包安装失败，请检查网络后重试。"
  fi
  echo "$wanted" >>"$stamp"
}

prepare() { # runtime | dev
  ENV_DIR="$PWD/.venv" PYTHON="$PWD/.venv/bin/python"
  if ! [ -x "$PYTHON" ] || ! "$PYTHON" -c '' 2>/dev/null; then
    local base; base=$(find_python)
    say "建立 Python 环境 .venv"
    "$base" -m venv .venv 2>/dev/null || fail "不能建立 Python 环境。请执行：apt-get install python3-venv"
  fi
  pdf_libraries
  if [ "$1" = dev ]; then
    check_tools || fail "检查所需的浏览器或 PostgreSQL 没有装好。"
    python_packages requirements.txt requirements-dev.txt
  else
    python_packages requirements.txt
  fi
}
