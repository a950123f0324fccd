// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;

namespace Ruche.Bpf.Tests.Maps;

public sealed class PinTests : KernelTest, IDisposable
{
    private static readonly MapSpec Spec = TestMap.Spec(MapType.Hash, 4, 8, 16);
    private readonly string _path = PinPath("map");

    public void Dispose()
    {
        BpfPins.Remove(_path);
        if (Directory.Exists(PinDirectory)) Directory.Delete(PinDirectory);
    }

    [Fact]
    public void A_pinned_map_outlives_its_descriptor()
    {
        using (BpfMap map = BpfMap.Create(Spec))
        {
            new BpfHashMap<uint, ulong>(map)[1] = 5;
            map.Pin(_path);
        }

        using BpfMap opened = BpfMap.OpenPinned(_path);
        bool removed = BpfPins.Remove(_path);

        Assert.Equal(5UL, new BpfHashMap<uint, ulong>(opened)[1]);
        Assert.True(removed);
        Assert.False(BpfPins.Remove(_path));
    }

    [Fact]
    public void A_fitting_pin_is_reused()
    {
        using BpfMap first = BpfMap.OpenOrCreatePinned(Spec, _path);
        using BpfMap second = BpfMap.OpenOrCreatePinned(Spec, _path);

        Assert.Equal(first.Id, second.Id);
        BpfPins.Remove(_path);
    }

    public static TheoryData<string, MapSpec> Different => new()
    {
        { "its type is Hash, the object wants LruHash", Spec with { Type = MapType.LruHash } },
        { "its key size is 4, the object wants 8", Spec with { KeySize = 8 } },
        { "its value size is 8, the object wants 4", Spec with { ValueSize = 4 } },
        { "its max_entries is 16, the object wants 32", Spec with { MaxEntries = 32 } },
        { "its flags is None, the object wants NoPreallocation", Spec with { Flags = MapFlags.NoPreallocation } },
    };

    [Theory]
    [MemberData(nameof(Different), DisableDiscoveryEnumeration = true)]
    public void A_pin_that_differs_is_refused_by_the_property(string words, MapSpec wanted)
    {
        using BpfMap map = BpfMap.OpenOrCreatePinned(Spec, _path);

        var error = Assert.Throws<BpfException>(() => BpfMap.OpenOrCreatePinned(wanted, _path));

        Assert.Equal($"reuse map 'test_Hash' pinned at {_path}: EINVAL; {words}; remove the pin, or make them agree", error.Message);
        BpfPins.Remove(_path);
    }

    [Fact]
    public void A_pin_of_something_else_is_refused()
    {
        using TestProgram program = TestProgram.Load(ProgramType.SchedCls, Insn.Mov64(Register.R0, 0), Insn.Exit());
        BpfPins.Pin(program.Fd, _path);

        var open = Assert.Throws<BpfException>(() => BpfMap.OpenPinned(_path));
        var reuse = Assert.Throws<BpfException>(() => BpfMap.OpenOrCreatePinned(Spec, _path));
        using BpfFd fd = BpfPins.Open(_path, out KernelObjectKind kind);

        Assert.Equal($"open the pin {_path}: EINVAL; a program is pinned there, not a map", open.Message);
        Assert.Contains("it is no map", reuse.Message, StringComparison.Ordinal);
        Assert.Equal(KernelObjectKind.Program, kind);
        BpfPins.Remove(_path);
    }

    [Fact]
    public void A_path_that_is_taken_is_refused()
    {
        using BpfMap map = BpfMap.OpenOrCreatePinned(Spec, _path);

        var error = Assert.Throws<BpfException>(() => map.Pin(_path));

        Assert.Equal(Errno.EEXIST, error.Errno);
        Assert.Contains("something is pinned there already", error.Hint, StringComparison.Ordinal);
        BpfPins.Remove(_path);
    }

    [Fact]
    public void A_path_outside_the_bpf_file_system_is_refused_and_nothing_is_made()
    {
        using BpfMap map = BpfMap.Create(Spec);
        string directory = Path.Combine(Path.GetTempPath(), $"ruche-{Environment.ProcessId}");

        var missing = Assert.Throws<BpfException>(() => map.Pin($"{directory}/map"));
        var elsewhere = Assert.Throws<BpfException>(() => map.Pin($"{Path.GetTempPath()}ruche-{Environment.ProcessId}-map"));

        Assert.Equal(Errno.ENOENT, missing.Errno);
        Assert.False(Directory.Exists(directory));
        Assert.Contains("not on a BPF file system", elsewhere.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_pinned_is_said_so()
    {
        var error = Assert.Throws<BpfException>(() => BpfMap.OpenPinned(_path));

        Assert.Equal($"open the pin {_path}: ENOENT; nothing is pinned there", error.Message);
    }
}
