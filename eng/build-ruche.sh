# SPDX-License-Identifier: MIT
# Sourced by ./ruche when the published command is missing or older than its sources. Needs: root, binary, stamp, is_stale.
# shellcheck shell=bash disable=SC2154

fail_environment() {
    printf 'ruche: %s\n' "$*" >&2
    exit 3
}

# Prints the directory that holds the dotnet command; sudo's PATH often lacks it.
find_dotnet() {
    local place owner_home
    if place=$(command -v dotnet); then
        printf '%s\n' "${place%/*}"
        return
    fi
    owner_home=$(getent passwd "${SUDO_UID:-$(id -u)}" | cut -d: -f6)
    for place in "${DOTNET_ROOT:-}" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet /opt/dotnet "$owner_home/.dotnet"; do
        if [[ -n $place && -x $place/dotnet ]]; then
            printf '%s\n' "$place"
            return
        fi
    done
    return 1
}

# A build needs a home for NuGet's cache even where the caller (a service, `env -i`) has none.
ensure_home() {
    [[ -n ${HOME:-} && -d $HOME ]] && return
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6) || HOME=
    if [[ ! -w $HOME ]]; then
        HOME=$PWD/artifacts/home
        mkdir -p "$HOME"
    fi
    export HOME
}

require_sdk() {
    local wanted found place
    wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json)
    place=$(find_dotnet) ||
        fail_environment "building needs the .NET SDK $wanted or newer, and there is no dotnet command; get it from https://dot.net/download"
    PATH=$place:$PATH
    if ! dotnet --version >/dev/null 2>&1; then
        found=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd, -) || found=
        fail_environment "building needs the .NET SDK $wanted or newer, found ${found:-none}; get it from https://dot.net/download"
    fi
}

publish() {
    local log=artifacts/ruche/build.log
    printf 'building ruche (once) …\n' >&2
    if ! dotnet publish src/Ruche.Cli -c Release -o artifacts/ruche/publish -nologo -v quiet --disable-build-servers \
        >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        fail_environment "the build failed; the errors stand above and in $PWD/$log"
    fi
}

# One build at a time; whoever waited finds it done. The stamp is as old as the build's start, so an edit during it counts.
build_ruche() {
    mkdir -p "${stamp%/*}" 2>/dev/null && [[ -w ${stamp%/*} ]] ||
        fail_environment "the sources changed since the last build, and ${stamp%/*} cannot be written; run it once as the owner of the tree"
    exec {lock}>"${stamp%/*}/lock"
    flock "$lock"
    if is_stale; then
        (
            exec {lock}>&-
            cd "$root"
            export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
            ensure_home
            require_sdk
            touch artifacts/ruche/stamp.new
            publish
            mv -f artifacts/ruche/publish/ruche artifacts/ruche/ruche
            mv -f artifacts/ruche/stamp.new artifacts/ruche/stamp
            # After `sudo ./ruche` the tree's owner can still build.
            if [[ $EUID == 0 ]]; then
                chown -R --reference=. artifacts
            fi
        )
    fi
    exec {lock}>&-
}
