# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# The tools that `ruche trace` is measured against, for the scripts that measure: which sets $work, $samples and $pages.

peers=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ruche/peers

# fetch_peer NAME RELEASE PACKAGE: unpacks a package of a release, and every library it names, into a folder of its own.
fetch_peer() {
    local folder=$peers/$1
    [[ -d $folder/usr ]] && return
    local tmp mirror=http://deb.debian.org/debian
    tmp=$(mktemp -d)
    (
        write_apt_config "$2" "$mirror" "$tmp/apt"
        export APT_CONFIG=$tmp/apt/apt.conf
        apt-get -q update --error-on=any
        apt-get -q install --download-only -y --no-install-recommends "$3"
        mkdir -p "$tmp/root"
        for package in "$tmp"/apt/cache/archives/*.deb; do dpkg -x "$package" "$tmp/root"; done
    ) >"$tmp/log" 2>&1 || { tail -n 20 "$tmp/log" >&2; exit 3; }
    mkdir -p "$peers"
    rm -rf "$folder"
    mv "$tmp/root" "$folder"
    rm -rf "$tmp"
}

# unpacked FOLDER PROGRAM WORDS…: becomes a program of an unpacked package, with the libraries beside it.
unpacked() {
    local root=$peers/$1 program=$2 libraries loader folder
    shift 2
    libraries=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu
    for folder in "$root"/usr/lib/llvm-*/lib; do libraries+=:$folder; done
    loader=$root/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
    [[ -x $loader ]] || loader=$root/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
    exec "$loader" --library-path "$libraries" "$root/usr/$program" "$@"
}

# tool SIDE WORDS…: becomes a tracer, silent about everything but what the script prints.
tool() {
    local side=$1
    shift
    export BPFTRACE_PERF_RB_PAGES=$pages
    [[ $side == ruche ]] && exec artifacts/ruche/ruche trace "$@"
    unpacked "$side" bin/bpftrace "$@"
}

record() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$samples"
}

# wait_for COMMAND…: until it succeeds; a tracer that does not get there in 20 s ends the run.
wait_for() {
    local tries
    for ((tries = 0; tries < 400; tries++)); do
        "$@" 2>/dev/null && return
        sleep 0.05
    done
    printf 'bench: a tracer did not start; %s says why\n' "$work/err" >&2
    exit 1
}
