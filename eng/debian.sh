# SPDX-License-Identifier: MIT
# Sourced by ./ruche, ./test and the scripts of eng/ and bench/: installs Debian packages that are missing, and says so.
# shellcheck shell=bash

# debian_require WHO WHY PACKAGE…: returns once the packages are there; exits 3 with one line when they cannot be had.
debian_require() {
    local who=$1 why=$2 log
    shift 2
    if [[ ${RUCHE_SKIP_INSTALL:-} == 1 || $EUID != 0 ]] || ! command -v apt-get >/dev/null; then
        printf '%s: %s needs %s; install it (Debian: apt-get install %s)%s\n' "$who" "$why" "$*" "$*" \
            "$([[ $EUID == 0 ]] || printf ', or run as root')" >&2
        exit 3
    fi
    printf '%s: %s needs %s; installing it …\n' "$who" "$why" "$*" >&2
    log=$(mktemp)
    # A fresh image has no package lists, and old lists name packages that are gone: refresh them only then.
    if ! debian_install "$@" >"$log" 2>&1 &&
        ! { debian_apt update && debian_install "$@"; } >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        printf '%s: apt-get could not install %s\n' "$who" "$*" >&2
        exit 3
    fi
    rm -f "$log"
}

debian_apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

debian_install() {
    debian_apt install -y --no-install-recommends "$@"
}

# Prints those of the packages that are not installed.
debian_missing() {
    local package
    for package; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

# What compiling a .bpf.c takes: clang, libbpf's headers and the kernel's.
debian_require_compiler() {
    local missing=()
    command -v clang >/dev/null || [[ $'\n'$(compgen -c clang-)$'\n' =~ $'\n'clang-[0-9]+$'\n' ]] || missing+=(clang)
    [[ -e /usr/include/bpf/bpf_helpers.h ]] || missing+=(libbpf-dev)
    [[ -e /usr/include/linux/bpf.h ]] || missing+=(linux-libc-dev)
    [[ ${#missing[@]} == 0 ]] || debian_require ruche 'compiling C' "${missing[@]}"
}
