// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>The same object in the kernel, to see whether the machine does what the kernel does.</summary>
internal sealed class KernelTwin : IDisposable
{
    private readonly BpfObject _loaded;
    private readonly BpfProgram _program;

    public KernelTwin(ObjectSpec spec, string program)
    {
        var tested = spec.Programs.Single(p => p.Name == program);
        KernelComparison.Require(spec.Name, tested);
        string[] wanted = [program, .. spec.Maps.SelectMany(m => m.Slots.Select(s => s.Target))];
        _loaded = BpfObject.Open(spec with { Programs = [.. spec.Programs.Select(p => p with { AutoLoad = wanted.Contains(p.Name) })] }).Load();
        _program = _loaded.Program(program);
        if (IsRunWhereAttached(_program))
        {
            _loaded.Dispose();
            throw KernelComparison.Refuse(spec.Name, tested);
        }
    }

    /// <summary>Runs on the same input; says what came out otherwise than in the machine.</summary>
    public IEnumerable<string> Differences(byte[] input, MachineRun run)
    {
        bool isRecord = run.Packet.Length == 0 || run.Context.Length == 0;
        ProgramRun kernel = isRecord ? _program.Run(context: input) : _program.Run(input);
        if (kernel.ReturnValue != run.ReturnValue) yield return $"the kernel returns {kernel.ReturnValue}, the machine {run.ReturnValue}";
        byte[] packet = [.. run.Metadata, .. run.Packet];
        if (!isRecord && !kernel.Output.AsSpan().SequenceEqual(packet)) yield return $"the kernel leaves {Describe(kernel.Output)}, the machine {Describe(packet)}";
    }

    /// <summary>Which maps hold something else than those of the machine.</summary>
    public IEnumerable<string> Differences(BpfMachine machine)
    {
        foreach (var (name, map) in machine.Maps)
        {
            if (!TestReport.CanRead(machine.Spec, name)) continue;
            BpfMap live = _loaded.Map(name);
            if (live.ValueBufferSize == map.ValueBufferSize && !Entries(live).SetEquals(Entries(map))) yield return $"map '{name}' holds something else in the kernel";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _loaded.Dispose();

    // One byte is no packet and no context: nothing runs, but a kernel without such runs says so before it looks.
    private static bool IsRunWhereAttached(BpfProgram program)
    {
        try
        {
            program.Run([0]);
            return false;
        }
        catch (BpfException refusal)
        {
            return refusal.Errno is Errno.ENOTSUPP;
        }
    }

    private static HashSet<string> Entries(IBpfMap map)
    {
        HashSet<string> entries = [];
        foreach (MapEntry entry in map.Entries) entries.Add($"{Convert.ToHexStringLower(entry.Key)}={Convert.ToHexStringLower(entry.Value)}");
        return entries;
    }

    private static string Describe(byte[] bytes) => bytes.Length == 0 ? "nothing" : $"{bytes.Length} bytes ({Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 32)))}{(bytes.Length > 32 ? "…" : "")})";
}
