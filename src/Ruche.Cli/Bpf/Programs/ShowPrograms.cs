// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog show</c>.</summary>
internal static class ShowPrograms
{
    /// <summary>Lists all programs, or those that the words name.</summary>
    public static int Run(Invocation call) => new ObjectListing<BpfProgram, ProgramRow>
    {
        Kind = KernelObjectKind.Program,
        Ids = BpfProgram.EnumerateIds,
        TryOpen = BpfProgram.TryOpenById,
        Select = ProgramSelection.TakeSome,
        Read = ProgramRow.Of,
        Close = program => program.Dispose(),
        Shape = surroundings => new ProgramShape(surroundings, Boot()),
    }.Run(call);

    private static DateTimeOffset Boot()
    {
        string uptime = File.ReadAllText("/proc/uptime").Split(' ')[0];
        return TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(double.Parse(uptime, CultureInfo.InvariantCulture));
    }
}
