# Sourced by start and test: puts system packages and the virtual environment in place.
# Leaves nothing half installed: without root and without the packages it says the line to run.
set -eu
top=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$top"

window_packages="libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon0 libthai0
 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
 libxcb-render-util0 libxcb-image0 libxcb-randr0 libxcb-sync1 libxcb-xfixes0 libx11-xcb1"
test_packages="poppler-utils binutils dbus gnome-keyring
 xvfb at-spi2-core gir1.2-atspi-2.0 python3-gi"

say() { printf '%s\n' "$*" >&2; }

shared_python() {
    # PyInstaller needs the interpreter's shared library; only Debian's own Python takes it from apt.
    case "$(python3 -c 'import sys; print(sys.base_prefix)')" in /usr) echo libpython3.11 ;; esac
}

install_system() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    missing=""
    for package in "$@"; do
        state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        [ "$state" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    line="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" != 0 ]; then
        say "These system packages are missing. Run this once, then start again:"
        say "  sudo $line"
        exit 2
    fi
    say "Installing system packages:$missing"
    log=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive $line; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        say "The system packages could not be installed."
        exit 2
    fi
    rm -f "$log"
}

install_python() {
    stamp=$(cat requirements.lock pyproject.toml | cksum)
    [ "$(cat .venv/.ready 2>/dev/null || true)" != "$stamp" ] || return 0
    say "Installing Python packages …"
    if python3 -c 'import ensurepip' 2>/dev/null; then
        python3 -m venv .venv
        set -- .venv/bin/python -m pip
    else
        python3 -m venv --without-pip .venv
        set -- python3 -m pip --python .venv/bin/python
    fi
    if ! "$@" install -q --disable-pip-version-check --require-hashes -r requirements.lock ||
        ! "$@" install -q --disable-pip-version-check --no-build-isolation --no-deps -e .; then
        rm -rf .venv
        say "The Python packages could not be installed; nothing was left behind."
        exit 2
    fi
    printf '%s' "$stamp" >.venv/.ready
}
