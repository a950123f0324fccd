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
    public static int Run(Invocation call)
    {
        bool isAll = call.Words.IsEmpty;
        List<ProgramRow> rows = [.. isAll ? All() : Selected(call.Words)];
        ListingOutput.Write(rows, new ProgramShape(Surroundings.Of(call, KernelObjectKind.Program), Boot()), call.Format, isSingle: !isAll && rows.Count == 1);
        return ExitCode.Done;
    }

    private static IEnumerable<ProgramRow> All()
    {
        foreach (uint id in BpfProgram.EnumerateIds())
        {
            using BpfProgram? program = BpfProgram.TryOpenById(id);
            if (program is not null) yield return ProgramRow.Of(program);
        }
    }

    private static List<ProgramRow> Selected(CommandWords words)
    {
        List<BpfProgram> programs = ProgramSelection.TakeSome(words);
        try
        {
            words.End();
            return [.. programs.Select(ProgramRow.Of)];
        }
        finally
        {
            foreach (BpfProgram program in programs) program.Dispose();
        }
    }

    private static DateTimeOffset Boot()
    {
        string uptime = File.ReadAllText("/proc/uptime").Split(' ')[0];
        return TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(double.Parse(uptime, CultureInfo.InvariantCulture));
    }
}
