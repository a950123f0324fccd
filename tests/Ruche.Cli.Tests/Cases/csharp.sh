#!/bin/bash
# SPDX-License-Identifier: MIT
# csharp.sh KIND COMMAND…: runs a command with a file of C#, or a project, as its last argument, in a folder of its own.
set -u
kind=$1
shift
"$ROOT/eng/pack" 2>/dev/null
export RUCHE_PACKAGES=$ROOT/artifacts/packages
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
cd "$work" || exit

# counter NAME: an object.
counter() {
    cat <<END
[BpfObject]
public static class $1
{
    [BpfMap(MaxEntries = 10240)] static readonly BpfHashMap<uint, ulong> Count$1 = default;

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int On$1(in SysEnterContext context)
    {
        ref ulong count = ref Count$1.LookupOrAdd(Bpf.CurrentProcessId, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return 0;
    }
}
END
}

file=Bees.cs
case $kind in
file) counter Calls >Bees.cs ;;
program) { printf '#:package Ruche.Bpf.Build@0.1.0\n#:property PublishAot=false\nConsole.WriteLine("not run");\n' && counter Calls; } >Bees.cs ;;
records) cp "$ROOT"/templates/content/probe/Name1/Probe.cs Bees.cs ;;
mistake) counter Calls | sed 's/return 0/return new int[2].Length/' >Bees.cs ;;
refused) counter Calls | sed 's/if .*IsNull(ref count)) //' >Bees.cs ;;
none) echo 'class Bees;' >Bees.cs ;;
several) { counter Calls && counter Others; } >Bees.cs ;;
project)
    file=Bees.csproj
    counter Calls >Calls.cs
    cat >Bees.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Ruche.Bpf.Build" Version="0.1.0" />
  </ItemGroup>
</Project>
END
    ;;
esac
"$@" "$file"
