# SPDX-License-Identifier: MIT
# Sourced by eng/kernel-test: puts busybox, the .NET runtime, the tests, the programs they start and a disk that they write to into one cpio archive.
# shellcheck shell=bash disable=SC2154

# Programs of the host that tests start; each comes with the libraries it is linked to.
host_programs=(/usr/sbin/ip /usr/sbin/tc /usr/bin/dash /usr/bin/prlimit)
[[ ! -x /usr/sbin/capsh ]] || host_programs+=(/usr/sbin/capsh)
# Libraries that .NET opens by name: its hashes come from OpenSSL.
opened_libraries=(/usr/lib/x86_64-linux-gnu/lib{ssl,crypto}.so.3)

# build_initramfs KERNEL_FOLDER OUT ASSEMBLY [GIVEN]: prints the archive's path; call it in a subshell. GIVEN is a folder with a program
# `run` that is started in place of the assembly's tests. The archive is not compressed: unpacking costs an emulated CPU more than reading.
build_initramfs() {
    local kernel=$1 archive=$2/initramfs.cpio assembly=$3 given=${4:-} root
    root=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$root'" EXIT
    mkdir -p "$root"/{bin,dev,etc,lib,lib64,mnt,proc,results,root,run,sys,tmp,usr/bin,usr/sbin,modules,project}
    cp /bin/busybox "$root/bin/busybox"
    cp eng/kernel-init "$root/init"
    cp -r "$kernel/modules/." "$root/modules"
    printf "root:x:0:0:root:/root:/bin/sh\n" >"$root/etc/passwd"
    printf "root:x:0:\n" >"$root/etc/group"
    copy_libraries "$root" "${host_programs[@]}" "${opened_libraries[@]}"
    if [[ -n $given ]]; then
        cp -r "$given" "$root/given"
        copy_libraries "$root" "$given"/*
    else
        copy_tests "$root" "$assembly"
        [[ $assembly != Ruche.Trace.Tests ]] || make_disk "$root/disk.image"
    fi
    cp -L --parents "${opened_libraries[@]}" "$root"
    cp "${host_programs[@]}" "$root/usr/sbin/"
    # The shell of busybox starts its own ip whatever the path says.
    ln -s dash "$root/usr/sbin/sh"
    (cd "$root" && find . -print0 | cpio --null --quiet --create --format=newc --owner=0:0) >"$archive"
    printf '%s\n' "$archive"
}

# Tests look for the project by its solution file and read their data beside them.
copy_tests() {
    local root=$1 assembly=$2 own=$tests/$2
    mkdir -p "$root/project/$own"
    cp Ruche.slnx "$root/project/"
    cp -r "$own/." "$root/project/$own"
    # What only a debugger or a tracer loads.
    rm -f "$root/project/$own"/{libmscordaccore.so,libmscordbi.so,libcoreclrtraceptprovider.so}
    copy_folder_if_there "tests/$assembly/testdata" "$root/project"
    copy_folder_if_there samples/c "$root/project"
    copy_folder_if_there "$compiled" "$root/project"
    copy_libraries "$root" "$root/project/$own"/*.so
}

# make_disk FILE: an ext4 file system for tests to write to, with what the oldest kernel knows.
make_disk() {
    truncate --size=8M "$1"
    /usr/sbin/mkfs.ext4 -q -O none,has_journal,extent,filetype,sparse_super "$1"
}

copy_folder_if_there() {
    [[ ! -d $1 ]] || cp -r --parents "$1" "$2"
}

# copy_libraries ROOT FILE…: what ldd names for the files, and the loader, at the same paths.
copy_libraries() {
    local root=$1 library
    shift
    ldd "$@" 2>/dev/null | sed -n 's/^[^/]*\(\/[^ ]*\.so[^ ]*\) (0x.*$/\1/p' | sort -u |
        while read -r library; do
            [[ $library == "$root"/* ]] || cp -L --parents "$library" "$root"
        done
}
