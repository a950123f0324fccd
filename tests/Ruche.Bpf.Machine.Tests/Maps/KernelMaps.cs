// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>Maps of the live kernel, to which maps of the machine are held.</summary>
internal static class KernelMaps
{
    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") == "1";

    /// <summary>Skips where bpf(2) is refused, unless RUCHE_REQUIRE_KERNEL=1 says that the machine is meant to be able.</summary>
    public static void SkipWithoutKernel()
    {
        if (IsRequired) return;
        if (!OperatingSystem.IsLinux()) Assert.Skip("there is no bpf(2) but on Linux");
        if (!Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
    }

    public static MapSpec Spec(MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags = MapFlags.None) => new()
    {
        Name = $"like_{type}",
        Type = type,
        KeySize = keySize,
        ValueSize = valueSize,
        MaxEntries = maxEntries,
        Flags = flags,
    };

    /// <summary>The answer to an attempt to create a map.</summary>
    public static Errno AnswerTo(Func<IDisposable> create)
    {
        try
        {
            create().Dispose();
            return Errno.None;
        }
        catch (BpfException e)
        {
            return e.Errno;
        }
    }
}
