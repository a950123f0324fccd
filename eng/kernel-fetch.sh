# SPDX-License-Identifier: MIT
# Sourced by eng/kernel-test: takes Debian's cloud kernels out of their packages, into a cache of our own.
# shellcheck shell=bash

# What the tests need and these kernels build as modules; a kernel that has one built in, or not at all, does without.
kernel_modules=(veth dummy sch_ingress cls_bpf act_bpf netkit loop md-mod raid1)

# fetch_kernel RELEASE: prints the folder that holds vmlinuz, modules/*.ko and version. Fails with the reason on stdout.
fetch_kernel() {
    local release=$1 cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ruche/kernels kernel
    kernel=$cache/$release
    mkdir -p "$cache"
    (
        flock 9
        # `complete` names the modules that were asked for: a longer list fetches again.
        [[ -e $kernel/complete && $(<"$kernel/complete") == "${kernel_modules[*]}" ]] && exit 0
        rm -rf "$kernel.new"
        mkdir -p "$kernel.new"
        if ! download_kernel "$release" "$kernel.new" >"$kernel.log" 2>&1; then
            tail -n 20 "$kernel.log" >&2
            exit 1
        fi
        printf '%s' "${kernel_modules[*]}" >"$kernel.new/complete"
        rm -rf "$kernel"
        mv "$kernel.new" "$kernel"
    ) 9>"$cache/lock" || {
        printf 'the kernel of Debian %s could not be downloaded (%s.log says why)\n' "$release" "$kernel"
        return 1
    }
    printf '%s\n' "$kernel"
}

# An apt of its own: its sources, lists and status never meet the machine's, and nothing is installed.
write_apt_config() {
    local release=$1 mirror=$2 folder=$3
    mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial" "$folder/none"
    : >"$folder/status"
    printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$release" >"$folder/sources.list"
    cat >"$folder/apt.conf" <<CONF
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "$folder/none";
Dir::Etc::Preferences "$folder/none";
Dir::Etc::PreferencesParts "$folder/none";
Dir::State "$folder/state";
Dir::State::Status "$folder/status";
Dir::Cache "$folder/cache";
APT::Architecture "amd64";
APT::Architectures "amd64";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
}

# download_kernel RELEASE FOLDER; old releases move to the archive.
download_kernel() (
    set -e
    local release=$1 folder=$2 work mirror package image
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    for mirror in http://deb.debian.org/debian http://archive.debian.org/debian; do
        write_apt_config "$release" "$mirror" "$work/apt"
        export APT_CONFIG=$work/apt/apt.conf
        apt-get -q update --error-on=any && break
    done
    package=$(direct_dependency linux-image-cloud-amd64 linux-image)
    printf '%s\n' "${package#linux-image-}" >"$folder/version"
    cd "$work"
    apt-get -q download "$package"
    # The newest packages are split: the image's package depends on the one that holds the kernel.
    image=$(direct_dependency "$package" linux-binary)
    [[ -z $image ]] || apt-get -q download "$image"
    image=$(direct_dependency "$package" linux-modules)
    [[ -z $image ]] || apt-get -q download "$image"
    for package in ./*.deb; do
        dpkg -x "$package" root
    done
    unpack_kernel root "$folder"
)

# direct_dependency PACKAGE PREFIX: the first dependency whose name starts so, or nothing.
direct_dependency() {
    apt-cache depends --important "$1" | sed -n "s/^ *|\\{0,1\\}Depends: \\($2-[^ ]*\\)\$/\\1/p" | head -n 1
}

unpack_kernel() {
    local root=$1 folder=$2 image module file
    image=$(find "$root" -name 'vmlinuz*' -type f | head -n 1)
    [[ -n $image ]]
    cp "$image" "$folder/vmlinuz"
    mkdir "$folder/modules"
    for module in "${kernel_modules[@]}"; do
        file=$(find "$root" -name "$module.ko*" -type f | head -n 1)
        case $file in
        *.ko.xz) xz -dc "$file" >"$folder/modules/$module.ko" ;;
        *.ko.zst) zstd -qdc "$file" >"$folder/modules/$module.ko" ;;
        *.ko) cp "$file" "$folder/modules/$module.ko" ;;
        esac
    done
}
